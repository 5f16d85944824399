/** A worker thread: takes page tasks, answers with readings. One task at a time; the pool does the queueing. */
import { parentPort } from 'node:worker_threads';
import { type PageTask, readPage } from './page-task.js';

/**
 * What a worker answers. A reading crosses over as JSON: thousands of small objects are written and read as one text in
 * less time than they are cloned. It is moved, in UTF-16: a string that comes in a message of more than 100 kB is put where
 * only a collection of the whole heap takes it away again, and UTF-8 would take longer. An error is a bug of ours met on some page: the pool turns it into that task's
 * rejection.
 */
export type WorkerAnswer = { readonly reading: ArrayBuffer } | { readonly error: string };

if (!parentPort) throw new Error('pool/worker.js is started by the pool, as a worker thread');
const port = parentPort;
port.on('message', (task: PageTask) => {
  let answer: WorkerAnswer;
  try {
    answer = { reading: moved(JSON.stringify(readPage(task))) };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  port.postMessage(answer, 'reading' in answer ? [answer.reading] : []);
});

function moved(text: string): ArrayBuffer {
  const bytes = Buffer.allocUnsafeSlow(text.length * 2);
  bytes.write(text, 'utf16le');
  return bytes.buffer as ArrayBuffer;
}
