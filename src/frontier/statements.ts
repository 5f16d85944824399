/** SQL statements of the frontier, each prepared once. */
import { type StateDatabase, transact } from '../state.js';

type Value = string | number | Uint8Array | null;
/**
 * libsql's own types know no statement of any parameters. Values go in as one array: a lone Buffer would be taken for an
 * object of named parameters, and libsql ends the process over it.
 */
interface Statement {
  get(values: Value[]): unknown;
  all(values: Value[]): unknown[];
  run(values: Value[]): Change;
}

export interface Change {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

export class Statements {
  readonly #db: StateDatabase;
  readonly #prepared = new Map<string, Statement>();

  constructor(db: StateDatabase) {
    this.#db = db;
  }

  get<T>(sql: string, ...values: Value[]): T | undefined {
    return this.#statement(sql).get(values) as T | undefined;
  }

  all<T>(sql: string, ...values: Value[]): T[] {
    return this.#statement(sql).all(values) as T[];
  }

  change(sql: string, ...values: Value[]): Change {
    return this.#statement(sql).run(values);
  }

  /**
   * All of it or nothing: in the transaction that is open (libsql cannot nest them), else in one of the frontier's own.
   * That one does not wait for the disk, which would cost a millisecond and more for every take. A power cut may lose
   * it, but never it without all that was committed later; and what is lost (a lead found, a lease) is found again,
   * since the outcome of the document that named it comes later still, in a commit of the archive.
   */
  write<T>(work: () => T): T {
    if (this.#db.inTransaction) return work();
    if (this.#db.memory) return transact(this.#db, work);
    this.#db.exec('PRAGMA synchronous = NORMAL');
    try {
      return transact(this.#db, work);
    } finally {
      this.#db.exec('PRAGMA synchronous = FULL');
    }
  }

  #statement(sql: string): Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql) as unknown as Statement;
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
