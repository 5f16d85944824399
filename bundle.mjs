/**
 * The last step of `npm run build`: what a start and a worker load, merged into a few files, as most of a start goes
 * into finding and opening modules; tests and benches read the modules in `dist` one by one. No package is merged in.
 *
 * `dist/bundle` is the library. `dist/start` is what `bin` runs, the same as CommonJS: the loader of ES modules takes
 * 15 ms longer, and keeps no compiled code on Node 20.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'rolldown';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** To `require` packages that are ES modules alone gives their default under that name, where Node's `import` has it. */
const defaults = {
  name: 'defaults',
  renderChunk: (code) => code.replace(/\brequire\("(?:p-queue|string-width)"\)/g, '$&.default'),
};

/** In a folder: a worker stands beside the pool that starts it, `bin` two folders up from what asks for it. */
const merge = (dir, format, entry, plugins = []) =>
  build({
    input: { ...entry, worker: 'dist/pool/worker.js' },
    external: /^[^./]/,
    platform: 'node',
    plugins: [
      ...plugins,
      {
        // To look it up in package.json takes a start 3 ms.
        name: 'version',
        load: (id) =>
          /[\\/]dist[\\/]version\.js$/.test(id) ? `export const VERSION = ${JSON.stringify(version)};` : null,
      },
    ],
    output: {
      dir,
      format,
      cleanDir: true,
      entryFileNames: '[name].js',
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

await merge('dist/bundle', 'esm', { index: 'dist/index.js' });
await merge('dist/start', 'cjs', { main: 'dist/cli/main.js' }, [defaults]);
writeFileSync('dist/start/package.json', '{ "type": "commonjs" }\n');
