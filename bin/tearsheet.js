#!/usr/bin/env node
import module from 'node:module';

// Node 22.8 and later keep compiled code between starts.
module.enableCompileCache?.();
const { main } = await import('../dist/bundle/main.js').catch((error) => {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('bundle/main.js')) throw error;
  console.error('tearsheet: not built yet. In a clone, run: npm ci');
  process.exit(2);
});

process.exitCode = await main(process.argv);
