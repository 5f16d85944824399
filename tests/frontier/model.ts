/**
 * The frontier as simple as it can be said: one list of leads, searched from end to end. What SqliteFrontier does must
 * be what this does.
 */
import { articleKey } from '../../src/article-key.js';
import type { EndedLead, FrontierCounts, Put } from '../../src/frontier/frontier.js';
import { priorityOf } from '../../src/frontier/priority.js';
import type { Lead } from '../../src/lead.js';
import type { Outcome, OutcomeCounts } from '../../src/outcome.js';
import { hostOf } from '../../src/url.js';

interface Known {
  /** Its place among the leads of its host. */
  id: number;
  readonly host: string;
  lead: Lead;
  priority: number;
  state: 'waiting' | 'leased' | 'ended';
  outcome?: Outcome;
  run?: string;
  again?: number;
  isVisited?: boolean;
  /** Ended for good before it had a place: it gets one when somebody asks for it. */
  isApart?: boolean;
}

export class ModelFrontier {
  readonly all: Known[] = [];
  readonly #holders = new Map<string, Known>();
  readonly #hosts = new Map<string, { name: string; freeAtMs: number }>();
  #run = '';
  #ended: Put['ended'][number][] = [];
  #places = 0;
  #goesOn = false;

  beginRun(run: string, nowMs: number): void {
    this.#run = run;
    // All visits lie within the hour.
    this.#goesOn = this.all.some(({ state }) => state !== 'ended');
    for (const known of this.all) {
      const isDue = known.state === 'ended' && known.again !== undefined && known.again <= nowMs;
      const mayRest = known.isVisited && !['failed', 'disallowed', 'out-of-scope'].includes(known.outcome?.name ?? '');
      if (known.state === 'leased' || (isDue && !(this.#goesOn && mayRest))) known.state = 'waiting';
    }
    for (const host of this.#hosts.values()) host.freeAtMs = 0;
  }

  put(leads: readonly Lead[]): Put {
    this.#ended = [];
    const fresh = leads.filter((lead) => this.#put(lead)).length;
    return { fresh, ended: this.#ended };
  }

  putEnded(items: readonly EndedLead[]): string[] {
    return items.flatMap(({ lead, outcome }) => {
      const isApart = outcome.reason !== 'limit' && outcome.name !== 'failed';
      if (this.all.some(({ lead: { url } }) => url === lead.url)) {
        if (!isApart) this.#find(lead.url);
        return [];
      }
      const host = hostOf(lead.url);
      if (!this.#hosts.has(host)) this.#hosts.set(host, { name: host, freeAtMs: 0 });
      const id = isApart ? -1 : this.#places++;
      const known: Known = { id, host, lead, priority: priorityOf(lead), state: 'waiting', isApart };
      this.all.push(known);
      this.#end(known, outcome);
      return [lead.url];
    });
  }

  take(limit: number, leaseMs: number, nowMs: number): string[] {
    const hosts = [...this.#hosts.values()]
      .filter((host) => host.freeAtMs <= nowMs && this.#waiting(host.name).length > 0)
      .sort((a, b) => a.freeAtMs - b.freeAtMs)
      .slice(0, limit);
    return hosts.map((host) => {
      const best = this.#waiting(host.name).sort((a, b) => a.priority - b.priority || a.id - b.id)[0]!;
      best.state = 'leased';
      host.freeAtMs = nowMs + leaseMs;
      return best.lead.url;
    });
  }

  takeThis(lead: Lead): string | undefined {
    const host = hostOf(lead.url);
    if (!this.#hosts.has(host)) this.#hosts.set(host, { name: host, freeAtMs: 0 });
    let known = this.#find(lead.url);
    if (!known) {
      known = { id: this.#places++, host, lead, priority: priorityOf(lead), state: 'waiting' };
      this.all.push(known);
    }
    if (known.state === 'leased' || (known.state === 'ended' && known.run === this.#run && known.isVisited))
      return undefined;
    known.state = 'leased';
    delete known.run;
    return known.lead.url;
  }

  free(host: string, fromMs: number): void {
    this.#hosts.get(host)!.freeAtMs = fromMs;
  }

  giveBack(url: string, fromMs: number): void {
    const known = this.#find(url)!;
    if (known.state !== 'leased') return;
    known.state = 'waiting';
    this.free(known.host, fromMs);
  }

  settle(url: string, outcome: Outcome, nextVisitMs?: number, pageOf?: string): void {
    this.#end(this.#find(url)!, outcome, nextVisitMs);
    if (pageOf !== undefined) this.#holders.set(articleKey(url), this.#find(pageOf)!);
  }

  block(host: string, outcome: Outcome): string[] {
    const waiting = this.#waiting(host);
    for (const known of waiting) this.#end(known, outcome);
    return waiting.map(({ lead }) => lead.url);
  }

  nextDueMs(): number | undefined {
    const due = [...this.#hosts.values()].filter(({ name }) => this.#waiting(name).length > 0);
    return due.length > 0 ? Math.min(...due.map(({ freeAtMs }) => freeAtMs)) : undefined;
  }

  knows(url: string): boolean {
    return this.#find(url) !== undefined || this.#holders.has(articleKey(url));
  }

  counts(): Pick<FrontierCounts, 'settled' | 'outcomes' | 'waiting'> {
    const ended = this.all.filter(({ run, state }) => run === this.#run && state === 'ended');
    const outcomes: OutcomeCounts = {};
    for (const { outcome } of ended) {
      outcomes[outcome!.name] ??= {};
      const reasons = outcomes[outcome!.name]!;
      reasons[outcome!.reason] = (reasons[outcome!.reason] ?? 0) + 1;
    }
    return { settled: ended.length, outcomes, waiting: this.all.filter(({ state }) => state !== 'ended').length };
  }

  #put(lead: Lead): boolean {
    const known = this.#find(lead.url);
    const key = lead.kind === 'page' ? articleKey(lead.url) : undefined;
    const holder = key === undefined || lead.source === 'seed' ? undefined : this.#holders.get(key);
    if (known) {
      this.#renew(known.outcome?.name === 'duplicate' ? (holder ?? known) : known, lead);
      return false;
    }
    const host = hostOf(lead.url);
    if (!this.#hosts.has(host)) this.#hosts.set(host, { name: host, freeAtMs: 0 });
    const isBetter =
      holder !== undefined &&
      (holder.state === 'ended'
        ? holder.outcome?.name === 'disallowed' && holder.outcome.reason === 'robots'
        : holder.state === 'waiting' &&
          !holder.isVisited &&
          holder.host === host &&
          holder.lead.source !== 'seed' &&
          lead.url.length + 2 <= holder.lead.url.length);
    if (holder && isBetter) {
      const { asGiven: _, ...earlier } = holder.lead;
      const { url, depth } = lead;
      const merged = { ...lead, ...earlier, url, depth: Math.min(earlier.depth, depth) };
      const better: Known = { id: this.#places++, host, lead: merged, priority: priorityOf(merged), state: 'waiting' };
      this.all.push(better);
      if (holder.state === 'waiting') this.#endAsCopy(holder, { detail: url });
      this.#holders.set(key!, better);
      return false;
    }
    const fresh: Known = { id: this.#places++, host, lead, priority: priorityOf(lead), state: 'waiting' };
    this.all.push(fresh);
    if (holder) {
      this.#endAsCopy(fresh);
      this.#renew(holder, lead);
      return false;
    }
    if (key !== undefined && !this.#holders.has(key)) this.#holders.set(key, fresh);
    return true;
  }

  #renew(known: Known, lead: Lead): void {
    if (known.state === 'leased') return;
    const { name, reason } = known.outcome ?? {};
    const isOutside = known.state === 'ended' && name === 'out-of-scope';
    const isNamed = lead.source === 'sitemap' || lead.source === 'feed' || lead.source === 'seed';
    const isFoundBetter = isOutside && (reason === 'trap' ? isNamed : !known.isVisited);
    if (known.state === 'ended' && known.run === this.#run && !isFoundBetter) return;
    const isAskedAgain = lead.source === 'seed' && !(this.#goesOn && known.isVisited);
    const mayWait = isFoundBetter || isAskedAgain || (isOutside && reason !== 'trap');
    if (known.state === 'ended' && !mayWait) return;
    const seed = lead.source === 'seed' ? { source: lead.source, kind: lead.kind } : {};
    const depth = Math.min(known.lead.depth, lead.depth);
    known.lead = { ...(isFoundBetter ? { ...known.lead, ...lead } : { ...lead, ...known.lead }), depth, ...seed };
    known.priority = Math.min(known.priority, priorityOf(known.lead));
    known.state = 'waiting';
  }

  #endAsCopy(known: Known, said: { detail?: string } = {}): void {
    const outcome: Outcome = { name: 'duplicate', reason: 'canonical-known', ...said };
    this.#end(known, outcome);
    this.#ended.push({ url: known.lead.url, outcome });
  }

  #end(known: Known, outcome: Outcome, nextVisitMs?: number): void {
    const again = nextVisitMs ?? (outcome.name === 'failed' || outcome.reason === 'limit' ? 0 : undefined);
    if (known.state === 'leased') known.isVisited = true;
    known.state = 'ended';
    known.outcome = outcome;
    known.run = this.#run;
    if (again === undefined) delete known.again;
    else known.again = again;
  }

  #find(url: string): Known | undefined {
    const known = this.all.find(({ lead }) => lead.url === url);
    if (known?.isApart) {
      known.isApart = false;
      known.id = this.#places++;
    }
    return known;
  }

  #waiting(host: string): Known[] {
    return this.all.filter((known) => known.host === host && known.state === 'waiting');
  }
}
