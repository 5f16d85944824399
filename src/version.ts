/** The package's own version, read from its package.json, wherever this module stands in the package. */
import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url)('tearsheet/package.json') as { version: string };

export const VERSION: string = manifest.version;
