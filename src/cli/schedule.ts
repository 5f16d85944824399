/**
 * `tearsheet schedule`: an archive's update as a task of the machine's own scheduler. Prints what is to be put where; with
 * `--write` puts it there. Starts nothing: the command that does is told.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArchiveSettings } from '../archive/layout.js';
import { ensureFolder } from '../ensure-folder.js';
import {
  cronLine,
  type Job,
  jobName,
  launchdAgent,
  minutesOf,
  SCHEDULERS,
  type ScheduleFile,
  type Scheduler,
  systemdUnits,
} from '../schedule.js';
import { systemReason } from '../system-reason.js';
import { EXIT, type ExitCode, UsageError } from './exit.js';
import { openOutput } from './output.js';
import { escapeText } from './terminal.js';

export interface ScheduleOptions {
  readonly every: string;
  readonly for?: Scheduler;
  readonly write?: boolean;
}

export async function scheduleCommand(folder: string, options: ScheduleOptions): Promise<ExitCode> {
  const everyMinutes = minutesOf(options.every);
  if (everyMinutes === undefined)
    throw new UsageError(`--every ${JSON.stringify(options.every)}: expected a time such as 30m, 6h, 1d or 1w`);
  const scheduler = options.for ?? usualScheduler();
  if (!SCHEDULERS.includes(scheduler))
    throw new UsageError(`--for ${JSON.stringify(scheduler)}: expected ${SCHEDULERS.join(', ')}`);
  const job: Job = { archive: archiveAt(folder), everyMinutes, command: updateCommand(resolve(folder)) };
  const plan = planFor(scheduler, job, options.every);
  if (options.write) plan.write();
  else await print(plan.text);
  // Line by line: commands are there to be copied.
  for (const line of options.write ? plan.whenWritten : plan.whenPrinted) process.stderr.write(`${escapeText(line)}\n`);
  return EXIT.done;
}

/** What to print, how to put it in its place, and what to say then. */
interface Plan {
  readonly text: string;
  readonly whenPrinted: readonly string[];
  readonly whenWritten: readonly string[];
  write(): void;
}

function planFor(scheduler: Scheduler, job: Job, every: string): Plan {
  const name = jobName(job);
  if (scheduler === 'systemd') {
    const start = `systemctl --user daemon-reload && systemctl --user enable --now ${name}.timer`;
    const stay = 'To run also while you are logged out: loginctl enable-linger';
    const folder = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'systemd', 'user');
    return filePlan(systemdUnits(job), folder, [`To start it: ${start}`, stay]);
  }
  if (scheduler === 'launchd') {
    const folder = join(homedir(), 'Library', 'LaunchAgents');
    return filePlan([launchdAgent(job)], folder, [`To start it: launchctl load ${join(folder, `${name}.plist`)}`]);
  }
  const line = cronLine(job);
  if (line === undefined)
    throw new UsageError(
      `--every ${every}: cron knows only times that divide an hour, a day or a week, such as 15m, 6h, 1d or 1w; or use --for systemd`,
    );
  if (/[\n\r]/.test(line))
    throw new UsageError(
      `${job.archive}: a crontab has no way to write a line break; rename the folder, or use --for systemd`,
    );
  return {
    text: `${line}\n`,
    whenPrinted: ['To start it: add the line with crontab -e, or run the same command with --write.'],
    whenWritten: ['The line is in your crontab (crontab -l shows it) and runs from now on.'],
    write: () => writeCrontab(line, name),
  };
}

function filePlan(files: readonly ScheduleFile[], folder: string, start: readonly string[]): Plan {
  const names = files.map((file) => join(folder, file.name)).join(' and ');
  return {
    text: files.map((file) => `# ${join(folder, file.name)}\n${file.text}`).join('\n'),
    whenPrinted: ['To put this in its place: the same command with --write.'],
    whenWritten: [`Written: ${names}`, ...start],
    write() {
      try {
        ensureFolder(folder);
        for (const { name, text } of files) writeFileSync(join(folder, name), text);
      } catch (error) {
        throw new UsageError(`${folder}: cannot be written: ${systemReason(error)}`);
      }
    },
  };
}

/** The user's crontab with the archive's line put in, or put anew. */
function writeCrontab(line: string, name: string): void {
  const listed = spawnSync('crontab', ['-l'], { encoding: 'utf8' });
  if (listed.error)
    throw new UsageError(`crontab cannot be run: ${systemReason(listed.error)}; put the line in by hand`);
  // Without a crontab it fails, and says so.
  const before = listed.status === 0 ? listed.stdout.split('\n').filter((each) => each !== '') : [];
  const others = before.filter((each) => !each.endsWith(`# ${name}`));
  const put = spawnSync('crontab', ['-'], { encoding: 'utf8', input: `${[...others, line].join('\n')}\n` });
  if (put.status !== 0) throw new UsageError(`crontab refused the line: ${put.stderr.trim()}`);
}

async function print(text: string): Promise<void> {
  const output = openOutput(undefined);
  await output.write(text.trimEnd());
  await output.end();
}

function usualScheduler(): Scheduler {
  if (process.platform === 'darwin') return 'launchd';
  if (process.platform === 'win32')
    throw new UsageError(
      'no scheduler of this system is known; choose one with --for, or let its task planner run: tearsheet crawl --archive FOLDER',
    );
  // The folder is there where systemd has started the machine (sd_booted(3)).
  return existsSync('/run/systemd/system') ? 'systemd' : 'cron';
}

/** Only what can run by itself: an archive that knows its seeds. */
function archiveAt(folder: string): string {
  const seeds = readArchiveSettings(resolve(folder))?.seeds;
  if (seeds === undefined || seeds.length === 0)
    throw new UsageError(
      `${folder}: there is no archive with seeds yet; crawl once: tearsheet crawl --archive ${folder} https://example.org/`,
    );
  return resolve(folder);
}

/** With whole paths: a scheduler knows nothing of the user's PATH. */
function updateCommand(archive: string): string[] {
  const executable = realpathSync(fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url)));
  return [process.execPath, executable, 'crawl', '--archive', archive, '--quiet'];
}
