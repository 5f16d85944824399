/**
 * The last step of `npm run build`: what a start and a worker load, merged into a few files, as most of a start goes
 * into finding and opening modules; tests and benches read the modules in `dist` one by one.
 *
 * `dist/bundle` is the library; no package is merged in. `dist/start` is what `bin` runs, the same as CommonJS: the loader
 * of ES modules takes 15 ms longer, and keeps no compiled code on Node 20. Packages that are ES modules alone are merged
 * in, with their licenses: before 22.12 Node 22 cannot `require` them, and some later ones warn of it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const isPackage = (id) => /^[^./]/.test(id);
/** Packages that are ES modules alone, and those that they need. */
const isModuleAlone = (id) =>
  /^(?:p-queue|p-timeout|eventemitter3|string-width|strip-ansi|ansi-regex|get-east-asian-width|hyparquet(?:-writer)?)(?:$|\/)/.test(
    id,
  );

/** Writes the licenses of the packages that were merged in beside them. */
const licenses = {
  name: 'licenses',
  generateBundle(_, chunks) {
    const modules = Object.values(chunks).flatMap(({ moduleIds = [] }) => moduleIds);
    const folders = modules.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? []);
    const texts = [...new Set(folders)].sort().map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
      if (file === undefined) throw new Error(`${name}: there is no license to go with it`);
      return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    });
    this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
  },
};

/** In a folder: a worker stands beside the pool that starts it, `bin` two folders up from what asks for it. */
const merge = (dir, format, entry, external, plugins = []) =>
  build({
    input: { ...entry, worker: 'dist/pool/worker.js' },
    external,
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
          { name: 'front', test: /[\\/]dist[\\/](?:version|system-reason|cli[\\/](?:exit|terminal))\.js$/ },
          // Small, and needed by nearly every command.
          {
            name: 'common',
            test: /[\\/]dist[\\/](?:article|article-key|assemble|clock|control-characters|json-line|public-suffix|recent-map|record|revise|segments|timespan|url|cli[\\/](?:figures|optimising|output|text-file)|discover[\\/](?:found|links|url-words)|fetch[\\/]legacy-decoder|pool[\\/]ordered)\.js$/,
          },
        ],
      },
    },
  });

await merge('dist/bundle', 'esm', { index: 'dist/index.js' }, isPackage);
const isRequired = (id) => isPackage(id) && !isModuleAlone(id);
await merge('dist/start', 'cjs', { main: 'dist/cli/main.js' }, isRequired, [licenses]);
writeFileSync('dist/start/package.json', '{ "type": "commonjs" }\n');
