import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPrivateAddress } from '../../src/fetch/address.js';
import { serveHttp, testClient } from './servers.js';
describe('an address', () => {
    it.each([
        '0.0.0.0',
        '10.1.2.3',
        '100.64.0.1',
        '100.127.255.255',
        '127.0.0.1',
        '127.255.255.255',
        '169.254.169.254',
        '172.16.0.1',
        '172.31.255.255',
        '192.0.0.1',
        '192.168.1.1',
        '198.18.0.1',
        '224.0.0.1',
        '239.255.255.255',
        '240.0.0.1',
        '255.255.255.255',
        '::',
        '::1',
        '::127.0.0.1',
        '::ffff:10.0.0.1',
        '::ffff:7f00:1',
        '64:ff9b::10.0.0.1',
        '64:ff9b::7f00:1',
        '64:ff9b:1::1',
        'fc00::1',
        'fd12:3456::1',
        'fe80::1',
        'fe80::1%eth0',
        'fec0::1',
        'ff02::1',
        '2001:db8::1',
        '2002:7f00:1::',
        '2001::1',
        '100::1',
        'not an address',
        '',
    ])('%s is private', (address) => {
        expect(isPrivateAddress(address)).toBe(true);
    });
    it.each([
        '8.8.8.8',
        '100.63.255.255',
        '100.128.0.1',
        '172.15.0.1',
        '172.32.0.1',
        '192.167.1.1',
        '223.255.255.255',
        '1.1.1.1',
        '2606:4700::1111',
        '2a00:1450:4001::200e',
        '::ffff:8.8.8.8',
        '64:ff9b::808:808',
    ])('%s is public', (address) => {
        expect(isPrivateAddress(address)).toBe(false);
    });
    it('in any of its IPv6 disguises is as private as in IPv4', () => {
        fc.assert(fc.property(fc.ipV4(), (address) => {
            expect(isPrivateAddress(`::ffff:${address}`)).toBe(isPrivateAddress(address));
            expect(isPrivateAddress(`64:ff9b::${address}`)).toBe(isPrivateAddress(address));
        }));
    });
    it('of any form gets an answer', () => {
        fc.assert(fc.property(fc.oneof(fc.ipV6(), fc.string()), (text) => isIP(text) === 6 || isPrivateAddress(text) || isIP(text) === 4));
    });
});
describe('a name in DNS', () => {
    const answering = (...addresses) => (_hostname, _options, callback) => {
        const answer = addresses.length > 1 ? addresses.shift() : addresses[0];
        callback(null, answer.map((address) => ({ address, family: isIP(address) })));
    };
    it.each([['127.0.0.1'], ['10.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['fe80::1']])('that answers %s is disallowed', async (address) => {
        const client = testClient({}, { resolver: answering([address]) });
        const { failure } = await client.fetch({ url: 'http://rebound.example/', purpose: 'page' });
        expect(failure).toMatchObject({ name: 'disallowed', reason: 'private-address' });
        expect(failure?.detail).toContain(address);
    });
    it('that turns private after its first answer is disallowed, though it was seeded', async () => {
        let requests = 0;
        const server = await serveHttp((_request, response) => {
            requests++;
            response.end('secret');
        });
        const { port } = new URL(server);
        const client = testClient({ timeoutMs: 100 }, {
            allowedHosts: [`http://rebound.example:${port}/`],
            resolver: answering(['8.8.8.8'], ['127.0.0.1']),
        });
        const url = `http://rebound.example:${port}/`;
        await client.fetch({ url, purpose: 'page' });
        expect((await client.fetch({ url, purpose: 'page' })).failure).toMatchObject({ reason: 'private-address' });
        expect(requests).toBe(0);
    });
    it('that is private from the start is reached where the user seeded it, on that port alone', async () => {
        const server = await serveHttp((_request, response) => response.end('intranet'));
        const other = await serveHttp((_request, response) => response.end('other'));
        const seed = `http://news.intranet.example:${new URL(server).port}/`;
        const client = testClient({}, { allowedHosts: [seed], resolver: answering(['127.0.0.1']) });
        expect((await client.fetch({ url: seed, purpose: 'page' })).exchange?.status).toBe(200);
        const elsewhere = `http://news.intranet.example:${new URL(other).port}/`;
        expect((await client.fetch({ url: elsewhere, purpose: 'page' })).failure).toMatchObject({
            reason: 'private-address',
        });
    });
    it('with public and private answers is asked at the public ones only', async () => {
        let requests = 0;
        const server = await serveHttp((_request, response) => {
            requests++;
            response.end('secret');
        });
        const client = testClient({ timeoutMs: 100 }, { resolver: answering(['127.0.0.1', '::1', '8.8.8.8']) });
        const { failure } = await client.fetch({ url: `http://mixed.example:${new URL(server).port}/`, purpose: 'page' });
        expect(failure?.name).toBe('failed');
        expect(requests).toBe(0);
    });
    it('of the machine itself needs to be seeded', async () => {
        const server = await serveHttp((_request, response) => response.end('x'));
        const url = `http://localhost:${new URL(server).port}/`;
        expect((await testClient().fetch({ url, purpose: 'page' })).failure).toMatchObject({ reason: 'private-address' });
        expect((await testClient({}, { allowedHosts: [url] }).fetch({ url, purpose: 'page' })).exchange?.status).toBe(200);
        expect((await testClient({ allowPrivate: true }).fetch({ url, purpose: 'page' })).exchange?.status).toBe(200);
    });
});
