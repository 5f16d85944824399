/** One bench in a process of its own: `node child.mjs NAME OPTIONS`; the result is the last line on standard output. */
const [name, options] = process.argv.slice(2);
const { run } = await import(`./${name}.mjs`);
console.log(JSON.stringify({ name, ...(await run(JSON.parse(options))) }));
process.exit(0);
