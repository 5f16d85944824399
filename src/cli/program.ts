/**
 * The commands and their options. What a command does is imported when it is called, so that `--version` and `--help`
 * need nothing but this file.
 */

import { Command, Option } from 'commander';
import { VERSION } from '../version.js';
import type { ExitCode } from './exit.js';
import { addSettingOptions, addTellingOptions, MACHINE, MANNERS, SELECTION } from './options.js';
import { addSelectionOptions } from './selection.js';

/** The names of src/export/formats.ts, which --help must not wait for; a test holds the two together. */
export const EXPORTS = ['jsonl', 'csv', 'parquet', 'markdown', 'html', 'wacz', 'ro-crate'];

/** Calls `done` with the exit code of the command that ran. */
export function createProgram(done: (code: ExitCode) => void): Command {
  const program = new Command('tearsheet')
    .description(
      'Crawls news sites politely, extracts every field of an article and archives it with the proof beside it.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    // The one of its own below says which command it does not know.
    .helpCommand(false)
    // Names alone: with all their arguments beside them, the descriptions would find no room on 80 columns.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, 'tearsheet:')) })
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText(
      'after',
      `
Examples:
  $ tearsheet crawl https://example.org/ --since 2017-11-01 --max-articles 500 > articles.jsonl
  $ tearsheet crawl --archive news/ https://example.org/
  $ tearsheet extract page.html

Exit codes: 0 done; 1 done, but something asked for could not be had; 2 wrong
usage or settings; 3 the archive is damaged or locked; 130 interrupted, state
saved.`,
    );

  const crawl = program
    .command('crawl')
    .description('crawl sites, sections, feeds, sitemaps or articles, and write a record per article')
    .argument('[seeds...]', "where to start; without any, the archive's own seeds")
    .option('--seeds <file>', 'read seeds from a file, one a line; - for standard input')
    .option('--archive <folder>', 'keep records, WARC captures and state there; the same command again is an update')
    .option('-o, --output <file>', 'write records to a new file; - for standard output (default without --archive)')
    .option('--fields <names>', 'write only these fields of a record, such as headline,datePublished,articleBody')
    .option('--config <file>', 'read settings from a JSON file; options override it');
  addSettingOptions(crawl, [...SELECTION, ...MANNERS, ...MACHINE]);
  addTellingOptions(crawl)
    .addHelpText(
      'after',
      `
Examples:
  $ tearsheet crawl https://example.org/politics/ --scope prefix --max-articles 100 > politics.jsonl
  $ tearsheet crawl --archive news/ https://example.org/ https://example.com/feed.xml
  $ tearsheet crawl --archive news/          # again: only what is new or may have changed`,
    )
    .action(async (seeds: string[], options) => done(await (await import('./crawl.js')).crawlCommand(seeds, options)));

  const extract = program
    .command('extract')
    .description('read the article in HTML files, web pages, JSONL or WARC; one output line per input page')
    .argument('[inputs...]', 'HTML, JSONL or WARC files, web addresses, lists of them; - or nothing: standard input')
    .addOption(
      new Option('--from <kind>', 'what the inputs are (default: told by name and first bytes)').choices([
        'html',
        'urls',
        'jsonl',
        'warc',
      ]),
    )
    .option('--url <url>', 'the address of a single HTML page')
    .option('-o, --output <file>', 'write records to a new file; - for standard output')
    .option('--fields <names>', 'write only these fields of a record')
    .option('--unordered', 'write lines as they come, not in the order of the inputs')
    .option('--explain', 'instead of records: why each field and each paragraph was chosen')
    .option('--json', 'with --explain: one JSON object a page, for machines')
    .option('--config <file>', 'read settings from a JSON file; options override it');
  addSettingOptions(extract, [...MANNERS, ...MACHINE]);
  extract
    .option('-q, --quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      `
Examples:
  $ tearsheet extract page.html --url https://example.org/2017/11/story
  $ tearsheet extract --explain https://example.org/2017/11/story
  $ tearsheet extract < urls.txt | jq -r .headline
  $ zcat pages.jsonl.gz | tearsheet extract --from jsonl - > records.jsonl
  $ zcat *.warc.gz | tearsheet extract --from warc - > records.jsonl`,
    )
    .action(async (inputs: string[], options) =>
      done(await (await import('./extract.js')).extractCommand(inputs, options)),
    );

  const discover = program
    .command('discover')
    .description('list what a crawl would look at, one lead a line, without fetching the articles')
    .argument('[seeds...]', 'where to start')
    .option('--seeds <file>', 'read seeds from a file, one a line; - for standard input')
    .option('-o, --output <file>', 'write leads to a new file; - for standard output')
    .option('--config <file>', 'read settings from a JSON file; options override it');
  addSettingOptions(discover, [...SELECTION, ...MANNERS]);
  addTellingOptions(discover)
    .addHelpText('after', '\nExample:\n  $ tearsheet discover https://example.org/ --since 2017-11-01 | jq -r .url')
    .action(async (seeds: string[], options) =>
      done(await (await import('./discover.js')).discoverCommand(seeds, options)),
    );

  program
    .command('verify')
    .description('check every digest, pointer, manifest and line of an archive')
    .argument('<archive>', 'the folder of the archive')
    .option('--repair', 'make anew what the other files tell; move damaged parts to set-aside/, delete nothing')
    .option('--json', 'write one JSON object with all problems and counts')
    .option('-q, --quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      `
Exit codes: 0 all is as it was written, or could be made so; 1 repaired, with parts set aside; 3 damaged or locked.

Examples:
  $ tearsheet verify news/
  $ tearsheet verify --json news/ | jq -r '.problems[].file'
  $ tearsheet verify --repair news/`,
    )
    .action(async (archive: string, options) =>
      done(await (await import('./verify.js')).verifyCommand(archive, options)),
    );

  const reextract = program
    .command('reextract')
    .description("read an archive's captures again with the present extractor, without the network")
    .argument('<archive>', 'the folder of the archive')
    .option('--url <url>', 'only this article')
    .addOption(
      new Option(
        '--profiles <which>',
        "the site profiles to apply: the sites' present ones; anew: learned again from all captures of a site's articles, and kept; then: each record's own, as it was applied",
      )
        .choices(['present', 'anew', 'then'])
        .default('present'),
    )
    .option('--unrecorded', 'read also the captures that made no record: what is an article now gets one')
    .option('--dry-run', 'leave the archive as it is, and write the records that it would get to standard output')
    .option(
      '-o, --output <file>',
      'leave the archive as it is, and write every record as it reads now to a new file; - for standard output',
    );
  addSelectionOptions(reextract);
  addSettingOptions(reextract, MACHINE);
  addTellingOptions(reextract)
    .addHelpText(
      'after',
      `
A record that reads otherwise becomes a new one that names the one it replaces; what is there stays as it is. Pages that
are no article any more keep their record, and are counted; so are articles found with --unrecorded.

Examples:
  $ tearsheet reextract news/
  $ tearsheet reextract news/ --dry-run --site example.org | jq -c '[.url, .revision.changed]'
  $ tearsheet reextract news/ --profiles then -o again.jsonl`,
    )
    .action(async (archive: string, options) =>
      done(await (await import('./reextract.js')).reextractCommand(archive, options)),
    );

  const exporting = program
    .command('export')
    .description("write an archive's records in another format")
    .argument('<archive>', 'the folder of the archive')
    .addOption(new Option('-f, --format <format>', 'what to write').choices(EXPORTS).default('jsonl'))
    .option('-o, --output <path>', 'a new file, or for markdown, html and ro-crate a new folder; - for standard output')
    .option('--fields <names>', 'only these fields of a record, such as headline,datePublished,articleBody')
    .option('--latest', 'only the newest revision of each article');
  addSelectionOptions(exporting)
    .option('-q, --quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      `
Examples:
  $ tearsheet export news/ --latest --since 2017-11 > articles.jsonl
  $ tearsheet export news/ --format csv --fields url,headline,datePublished > articles.csv
  $ tearsheet export news/ --format parquet -o articles.parquet
  $ tearsheet export news/ --format markdown --site example.org -o notes/`,
    )
    .action(async (archive: string, options) =>
      done(await (await import('./export.js')).exportCommand(archive, options)),
    );

  program
    .command('schedule')
    .description("update an archive again and again, by the machine's own scheduler")
    .argument('<archive>', 'the folder of the archive')
    .requiredOption('--every <time>', 'how often, such as 30m, 6h, 1d or 1w')
    .addOption(
      new Option('--for <scheduler>', "which scheduler (default: the machine's own)").choices([
        'systemd',
        'cron',
        'launchd',
      ]),
    )
    .option('--write', 'put it in its place instead of printing it')
    .addHelpText(
      'after',
      `
A run that finds another one still at work leaves the archive alone and ends with exit code 3.

Examples:
  $ tearsheet schedule news/ --every 6h
  $ tearsheet schedule news/ --every 1d --for cron --write`,
    )
    .action(async (archive: string, options) =>
      done(await (await import('./schedule.js')).scheduleCommand(archive, options)),
    );

  const history = program
    .command('history')
    .description('show what was changed in an article and when, or all edits that an archive has seen')
    .argument('<archive>', 'the folder of the archive')
    .argument('[url]', 'an article; without one, every article that was edited')
    .option('--changed <fields>', 'only changes of these fields, such as headline,articleBody')
    .option('--min-change <share>', 'only changes of at least this share of the words, such as 5%')
    .option(
      '--kind <kind>',
      'typo, edit, rewrite, added or removed; gone: articles that are no longer there; may be repeated',
      (value: string, before: string[] = []) => [...before, value],
    );
  addSelectionOptions(history, 'edits seen')
    .option('--json', 'one JSON object per edit')
    .option('-q, --quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      `
Examples:
  $ tearsheet history news/ https://example.org/2017/11/story
  $ tearsheet history news/ --since 2017-11 --changed headline --min-change 5% --json | jq -r .url
  $ tearsheet history news/ --kind gone`,
    )
    .action(async (archive: string, url: string | undefined, options) =>
      done(await (await import('./history.js')).historyCommand(archive, url, options)),
    );

  program
    .command('diff')
    .description('compare two revisions of an article: in colour on a terminal, as a unified diff in a pipe')
    .argument('<archive>', 'the folder of the archive')
    .argument('<url>', 'the article')
    .option('--from <n>', 'the earlier revision (default: the one before)')
    .option('--to <n>', 'the later revision (default: the newest)')
    .option('--json', 'every part that stayed, went or came, as one JSON object')
    .addHelpText('after', '\nExample:\n  $ tearsheet diff news/ https://example.org/2017/11/story --from 1 --to 2')
    .action(async (archive: string, url: string, options) =>
      done(await (await import('./diff.js')).diffCommand(archive, url, options)),
    );

  const search = program
    .command('search')
    .description("find an archive's articles by their words, the best first")
    .argument('<archive>', 'the folder of the archive')
    .argument('<words...>', 'all must be there; "a phrase", word*, -without, one OR other')
    .option('--limit <n>', 'show at most so many', '20')
    .option('--all-revisions', 'look in old revisions too, not only in the newest of each article');
  addSelectionOptions(search)
    .option('--json', 'one JSON object per hit')
    .option('-q, --quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      `
Examples:
  $ tearsheet search news/ bridge winter
  $ tearsheet search news/ '"old bridge" OR harbour -ferry' --since 2017-11 --section Local --json`,
    )
    .action(async (archive: string, words: string[], options) =>
      done(await (await import('./search.js')).searchCommand(archive, words, options)),
    );

  program
    .command('serve')
    .description('read and search an archive in a browser of this machine')
    .argument('<archive>', 'the folder of the archive')
    .option('--port <n>', 'where to listen, on 127.0.0.1; 0 for any that is free', '8017')
    .addHelpText(
      'after',
      `
The pages load nothing from the web and run no scripts. A crawl may write meanwhile.

Example:
  $ tearsheet serve news/`,
    )
    .action(async (archive: string, options) =>
      done(await (await import('./serve.js')).serveCommand(archive, options)),
    );

  program
    .command('schema')
    .description('print the JSON Schema of the records, the lines of extract, or the settings')
    .argument('[what]', 'record, line or settings', 'record')
    .addHelpText('after', '\nExample:\n  $ tearsheet schema settings > tearsheet.schema.json')
    .action(async (what: string) => done(await (await import('./schema.js')).schemaCommand(what)));

  program
    .command('help')
    .description('print the help of a command')
    .argument('[command]')
    .addHelpText('after', '\nExample:\n  $ tearsheet help crawl')
    .action((name?: string) => {
      const command = name === undefined ? program : program.commands.find((each) => each.name() === name);
      (command ?? program.error(`error: unknown command '${name}'`)).help();
    });

  return program;
}
