/** Draws a display that changes all the time; what it writes comes out as JSON, a line a write. */
import { writeSync } from 'node:fs';
import { Progress } from '../../dist/cli/progress.js';
import { Tally } from '../../dist/cli/tally.js';

const tally = new Tally(Date.now());
new Progress(tally, { columns: 80, write: (text) => writeSync(1, `${JSON.stringify(text)}\n`) > 0 });
let count = 0;
setInterval(() => tally.add({ type: 'activity', activity: `step ${++count}` }, Date.now()), 20);
