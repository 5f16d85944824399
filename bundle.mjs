/**
 * The last step of `npm run build`: what a start and a worker load, merged into a few files, as most of a start goes
 * into finding and opening modules. This is what `bin` runs and what is published; tests and benches read the modules
 * in `dist` one by one. No package is merged in.
 */
import { readFileSync } from 'node:fs';
import { build } from 'rolldown';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

await build({
  // All in one folder: the worker stands beside the pool that starts it, `bin` two folders up from what asks for it.
  input: { index: 'dist/index.js', main: 'dist/cli/main.js', worker: 'dist/pool/worker.js' },
  external: /^[^./]/,
  platform: 'node',
  plugins: [
    {
      // To look it up in package.json takes a start 3 ms.
      name: 'version',
      load: (id) =>
        /[\\/]dist[\\/]version\.js$/.test(id) ? `export const VERSION = ${JSON.stringify(version)};` : null,
    },
  ],
  output: {
    dir: 'dist/bundle',
    format: 'esm',
    cleanDir: true,
    chunkFileNames: '[name].js',
    codeSplitting: {
      groups: [
        { name: 'front', test: /[\\/]dist[\\/](?:version|cli[\\/](?:exit|terminal))\.js$/ },
        // Small, and needed by nearly every command.
        {
          name: 'common',
          test: /[\\/]dist[\\/](?:article|article-key|json-line|public-suffix|record|revise|timespan|url|cli[\\/](?:figures|output)|pool[\\/]ordered)\.js$/,
        },
      ],
    },
  },
});
