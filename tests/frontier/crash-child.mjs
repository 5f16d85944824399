// Works through a frontier as a crawl does until it is killed; says on stdout what it has committed.
import { SqliteFrontier } from '../../dist/frontier/sqlite.js';
import { openState } from '../../dist/state.js';

const db = openState(process.argv[2]);
const frontier = new SqliteFrontier(db);
frontier.beginRun('killed', 0);
for (let index = 0; ; index++) {
  const url = `https://h${index % 7}.example/story-number-${index}`;
  frontier.put([{ url, kind: 'page', source: 'link', depth: 1 }]);
  if (index % 3 !== 0) continue;
  const [lead] = frontier.take(1, 600_000, Date.now());
  if (!lead) continue;
  frontier.free(lead.host, 0);
  if (index % 2 === 0) continue; // stays leased
  db.transaction(() => frontier.settle([{ id: lead.id, outcome: { name: 'archived', reason: 'new' } }]))();
  process.stdout.write(`${index} ${lead.url}\n`);
}
