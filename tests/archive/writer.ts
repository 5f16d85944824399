/**
 * A child process that archives articles until it is killed: `writer.js FOLDER COUNT`. Articles that are there already
 * are passed over, as a crawl does that is started again. Says each URL on stdout once its commit has returned.
 */
import { writeSync } from 'node:fs';
import { openArchive } from '../../src/archive/archive.js';
import { revise } from '../../src/revise.js';
import { settingsSchema } from '../../src/settings.js';

const [folder, count] = [process.argv[2]!, Number(process.argv[3])];
// Small files: rotation, too, is to be hit.
const settings = { ...settingsSchema.parse({}), warcBytes: 20_000, recordsBytes: 5_000 };
try {
  const archive = await openArchive(folder, { settings });
  archive.state.exec('CREATE TABLE IF NOT EXISTS outcome (url TEXT PRIMARY KEY)');
  archive.beginRun({ startedAtMs: Date.now(), settings });
  const one = async (number: number) => {
    const url = `https://example.org/${number}`;
    if (archive.known(url)) return;
    const startedAtMs = Date.now();
    const wireBody = Buffer.from(`<p>${`text ${number} `.repeat(200)}</p>`);
    const kept = await archive.keep({
      url,
      finalUrl: url,
      status: 200,
      body: wireBody,
      hops: [
        {
          url,
          method: 'GET',
          requestHeaders: [],
          status: 200,
          statusText: 'OK',
          responseHeaders: [],
          wireBody,
          startedAtMs,
          elapsedMs: 1,
        },
      ],
    });
    const fields = { headline: `Headline ${number}`, articleBody: `text ${number} `.repeat(50).trim() };
    const revision = revise(url, fields, archive.known(url));
    await archive.commit({
      records: [
        {
          key: url,
          revision,
          article: {
            '@context': 'https://schema.org',
            '@type': 'NewsArticle',
            url,
            ...fields,
            provenance: {},
            capture: {
              fetchedAt: kept.fetchedAt,
              status: 200,
              finalUrl: url,
              bytes: wireBody.length,
              payloadDigest: kept.payloadDigest,
              warc: kept.pointer!,
            },
            revision: revision.revision,
            duplicateOf: null,
            id: revision.id,
            schema: 'tearsheet/1',
            extractor: 'tearsheet/0.0.0',
          },
        },
      ],
      within: () => archive.state.exec(`INSERT INTO outcome VALUES ('${url}')`),
    });
    writeSync(1, `${url}\n`);
  };
  for (let number = 0; number < count; number += 8)
    await Promise.all(Array.from({ length: Math.min(8, count - number) }, (_, index) => one(number + index)));
  await archive.seal({ leads: count, outcomes: {}, interrupted: false });
  await archive.close();
  writeSync(1, 'done\n');
} catch (error) {
  writeSync(2, `${(error as Error).name}: ${(error as Error).message}\n`);
  process.exitCode = 3;
}
