/**
 * The last step of `npm run build`: what a start and a worker load, merged into a few files, as most of a start goes
 * into finding and opening modules. This is what `bin` runs and what is published; tests and benches read the modules
 * in `dist` one by one. No package is merged in.
 */
import { build } from 'rolldown';

await build({
  // All in one folder: the worker stands beside the pool that starts it, `bin` two folders up from what asks for it.
  input: { index: 'dist/index.js', main: 'dist/cli/main.js', worker: 'dist/pool/worker.js' },
  external: /^[^./]/,
  platform: 'node',
  output: { dir: 'dist/bundle', format: 'esm', cleanDir: true, chunkFileNames: '[name].js' },
});
