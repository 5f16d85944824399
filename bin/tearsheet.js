#!/usr/bin/env node
const { join } = require('node:path');
const { keepCompiledCode } = require('./compiled-code.js');

const dist = join(__dirname, '..', 'dist');
keepCompiledCode(join(dist, 'start'), join(dist, 'compiled'));
let main;
try {
  ({ main } = require('../dist/start/main.js'));
} catch (error) {
  if (error?.code !== 'MODULE_NOT_FOUND' || !String(error.message).includes('start/main.js')) throw error;
  console.error('tearsheet: not built yet. In a clone, run: npm ci');
  process.exit(2);
}

main(process.argv).then((exitCode) => {
  process.exitCode = exitCode;
});
