import { expect, test } from 'vitest';
import { define, openState } from '../src/state.js';

test('a room is brought from the version it has to the newest, each step once', () => {
  const db = openState(':memory:');
  define(db, 'room', ['CREATE TABLE thing (a)']);
  define(db, 'room', ['CREATE TABLE thing (a)', 'ALTER TABLE thing ADD COLUMN b']);
  define(db, 'room', ['CREATE TABLE thing (a)', 'ALTER TABLE thing ADD COLUMN b']);
  db.exec('INSERT INTO thing (a, b) VALUES (1, 2)');
  db.close();
});

test('a step that fails leaves nothing behind', () => {
  const db = openState(':memory:');
  expect(() => define(db, 'room', ['CREATE TABLE thing (a)', 'no SQL'])).toThrow();
  define(db, 'room', ['CREATE TABLE thing (a)']);
  db.close();
});

test('tables of a newer tearsheet are refused with a message that says what to do', () => {
  const db = openState(':memory:');
  define(db, 'room', ['CREATE TABLE thing (a)', 'CREATE TABLE other (a)']);
  expect(() => define(db, 'room', ['CREATE TABLE thing (a)'])).toThrow(/"room" has version 2.*use a newer tearsheet/);
  db.close();
});
