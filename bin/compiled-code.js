/**
 * Compiled code that is kept between starts, a fifth of the time of each. From 22.8 on Node does so itself; before, this
 * does, beside the code, for whoever may write there: nobody but those who could change the code as well. Where it cannot
 * be read or written, files are compiled as ever.
 */
const { accessSync, constants, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** Characters; shorter files are compiled in less time than is saved. */
const WORTH = 20_000;
/** Bytes of the digest behind what is kept: V8 runs what it finds there, whatever a disk has made of it. */
const DIGEST = 20;

/** For the files of the folder `code`, in the folder `kept`. Switched off as Node's own is. */
exports.keepCompiledCode = (code, kept) => {
  if (Module.enableCompileCache) return Module.enableCompileCache();
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const folder = join(kept, `${process.version}-${process.arch}`);
  /** By where it shall be kept, what is not yet. */
  const missing = new Map();
  const compileAsEver = Module.prototype._compile;
  Module.prototype._compile = function (source, file) {
    if (source.length < WORTH || dirname(file) !== code) return compileAsEver.call(this, source, file);
    const place = join(folder, basename(file));
    const script = new Script(Module.wrap(source), { filename: file, cachedData: read(place, file) });
    // V8 takes nothing that another version of it wrote, or for a text of another length.
    if (script.cachedDataRejected !== false) missing.set(place, script);
    return script.runInThisContext()(this.exports, Module.createRequire(file), this, file, code);
  };
  // When the functions that were called are compiled as well.
  process.on('exit', () => {
    if (missing.size === 0) return;
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      for (const [place, script] of missing) write(place, script.createCachedData());
    } catch {
      // The next start compiles again.
    }
  });
  return undefined;
};

/** What was compiled of a file, unless the file is newer. */
function read(place, file) {
  try {
    if (statSync(place).mtimeMs <= statSync(file).mtimeMs) return undefined;
    const whole = readFileSync(place);
    const compiled = whole.subarray(0, -DIGEST);
    return digest(compiled).equals(whole.subarray(-DIGEST)) ? compiled : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, whoever else starts at the same time. */
function write(place, compiled) {
  const own = `${place}.${process.pid}`;
  writeFileSync(own, Buffer.concat([compiled, digest(compiled)]));
  renameSync(own, place);
}

function digest(bytes) {
  return require('node:crypto').createHash('sha1').update(bytes).digest();
}
