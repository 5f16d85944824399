/**
 * A crawl that repeats, as the machine's own scheduler wants it told. In: how often, and the command. Out: the text of
 * systemd units, of a crontab line, of a launchd property list. Pure: nothing is written, nothing is started.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';

export const SCHEDULERS = ['systemd', 'cron', 'launchd'] as const;
export type Scheduler = (typeof SCHEDULERS)[number];

export interface Job {
  /** Absolute path of the archive's folder. */
  readonly archive: string;
  readonly everyMinutes: number;
  /** Program and arguments. */
  readonly command: readonly string[];
}

/** A file for a scheduler, by the name that it must have. */
export interface ScheduleFile {
  readonly name: string;
  readonly text: string;
}

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 };
const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** `30m`, `6h`, `1d`, `2w` → minutes; undefined for anything else. */
export function minutesOf(every: string): number | undefined {
  const match = /^([1-9]\d{0,3})\s*([mhdw])$/i.exec(every.trim());
  return match ? Number(match[1]) * MINUTES[match[2]!.toLowerCase()]! : undefined;
}

/** One name an archive: `tearsheet-news-1f3a9c`. */
export function jobName({ archive }: Pick<Job, 'archive'>): string {
  const word = basename(archive)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return `tearsheet-${word === '' ? 'archive' : word}-${digestOf(archive).toString('hex').slice(0, 6)}`;
}

/** A service and its timer, for the user's own systemd. */
export function systemdUnits(job: Job): readonly [service: ScheduleFile, timer: ScheduleFile] {
  const name = jobName(job);
  const about = `tearsheet: update of ${job.archive.replace(/%/g, '%%').replace(/[\r\n]/g, ' ')}`;
  return [
    {
      name: `${name}.service`,
      // Exit code 1: some leads could not be had, which is nothing to be alarmed about; 130: stopped, state saved.
      text: `[Unit]
Description=${about}

[Service]
Type=oneshot
ExecStart=${job.command.map(systemdWord).join(' ')}
SuccessExitStatus=1 130
TimeoutStopSec=10min
Nice=10
`,
    },
    {
      name: `${name}.timer`,
      text: `[Unit]
Description=${about}, every ${everyOf(job.everyMinutes)}

[Timer]
OnStartupSec=2min
OnUnitActiveSec=${job.everyMinutes}min
AccuracySec=1min

[Install]
WantedBy=timers.target
`,
    },
  ];
}

/** Quoted as systemd.syntax(7) has it; `%` and `$` would be replaced. */
function systemdWord(word: string): string {
  const quoted = word.replace(/[\\"]/g, '\\$&').replace(/%/g, '%%').replace(/\$/g, '$$$$').replace(/\n/g, '\\n');
  return `"${quoted}"`;
}

/** Undefined where cron, which knows only what divides an hour, a day or a week, cannot tell it. */
export function cronLine(job: Job): string | undefined {
  const when = cronTimes(job);
  // In a crontab a bare percent sign is the end of the line.
  return when && `${when} ${job.command.map(shellWord).join(' ').replace(/%/g, '\\%')} # ${jobName(job)}`;
}

function cronTimes({ archive, everyMinutes }: Job): string | undefined {
  // Not on the full hour, when everybody's timers run.
  const digest = digestOf(archive);
  const minute = digest[0]! % 60;
  const hour = digest[1]! % 24;
  if (everyMinutes < 60) return 60 % everyMinutes === 0 ? `*/${everyMinutes} * * * *` : undefined;
  if (everyMinutes === 60) return `${minute} * * * *`;
  const hours = everyMinutes / 60;
  if (everyMinutes < DAY) return Number.isInteger(hours) && 24 % hours === 0 ? `${minute} */${hours} * * *` : undefined;
  if (everyMinutes === DAY) return `${minute} ${hour} * * *`;
  return everyMinutes === WEEK ? `${minute} ${hour} * * ${digest[2]! % 7}` : undefined;
}

/** As it is typed in a shell. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}

/** A launch agent's property list. */
export function launchdAgent(job: Job): ScheduleFile {
  const label = jobName(job);
  const words = job.command.map((word) => `    <string>${xmlText(word)}</string>`).join('\n');
  return {
    name: `${label}.plist`,
    text: `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${label}</string>
  <key>ProgramArguments</key>
  <array>
${words}
  </array>
  <key>StartInterval</key>
  <integer>${job.everyMinutes * 60}</integer>
  <key>ProcessType</key>
  <string>Background</string>
</dict>
</plist>
`,
  };
}

const xmlText = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]!);

function everyOf(minutes: number): string {
  if (minutes % DAY === 0) return `${minutes / DAY} d`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
