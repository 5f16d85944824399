/**
 * The sources as JavaScript, for child processes that are to be killed: they need a real process, and Node 20 runs no
 * TypeScript. Made anew for each test file, below node_modules so that the packages are found.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Compiles `src/archive` and what lies directly in `src`. Returns the folder that holds `src`. */
export function compileSources(): { folder: string; remove: () => void } {
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'tearsheet-archive-'));
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  for (const room of ['src', 'src/archive', 'tests/archive']) {
    mkdirSync(join(folder, room), { recursive: true });
    for (const file of readdirSync(join(ROOT, room))) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
      const { outputText } = ts.transpileModule(readFileSync(join(ROOT, room, file), 'utf8'), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true },
      });
      writeFileSync(join(folder, room, file.replace(/\.ts$/, '.js')), outputText);
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
