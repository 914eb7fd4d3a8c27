import { join } from 'node:path';

/** A program whose memory is recorded, as it runs in a session. */
export interface Workload {
  name: string;
  /** What it is, for the reader of a fixture. */
  about: string;
  argv: readonly string[];
}

const node = (name: string, about: string, options: string[], ...args: string[]): Workload => ({
  name: `node-${name}`,
  about: `Node: ${about}`,
  argv: [process.execPath, ...options, join(import.meta.dirname, 'node-load.js'), ...args],
});

const python = (name: string, about: string, ...args: string[]): Workload => ({
  name: `python-${name}`,
  about: `Python: ${about}`,
  argv: ['python3', join(import.meta.dirname, 'python-load.py'), ...args],
});

const java = (name: string, about: string, options: string[], ...args: string[]): Workload => ({
  name: `java-${name}`,
  about: `Java: ${about}`,
  argv: ['java', ...options, join(import.meta.dirname, 'JavaLoad.java'), ...args],
});

const shell = (name: string, about: string, script: string): Workload => ({
  name,
  about,
  argv: ['bash', '-c', script],
});

const root = join(import.meta.dirname, '../../../..');
const heap = (megabytes: number): string[] => [`--max-old-space-size=${megabytes}`];

/** Run beside each other, at the lowest priority. */
export const workloads: readonly Workload[] = [
  node('idle', 'waits', [], 'idle'),
  node('lru-small', 'a cache full after a minute', [], 'lru', '64', '60'),
  node('lru-large', 'a cache full after some 13 minutes', [], 'lru', '512', '100'),
  node('lru-slow', 'a cache full after half an hour', [], 'lru', '256', '450'),
  node('churn', 'objects that live a while', [], 'churn', '4000', '50'),
  node('churn-tight', 'the same in a heap of 128 MB', heap(128), 'churn', '600', '40'),
  node('churn-slow', 'the same, slowly', heap(256), 'churn', '2000', '300'),
  node('http', 'requests in bursts', [], 'http', '16', '60'),
  node('http-large', 'large requests in bursts', heap(192), 'http', '256', '300'),
  node('jobs', 'a job every four minutes', [], 'jobs', '400', '240'),
  node('jobs-often', 'a job every minute', heap(512), 'jobs', '150', '60'),
  python('idle', 'waits', 'idle', '0', '0'),
  python('cycles', 'rings of objects', 'cycles', '60', '0.1'),
  python('cycles-many', 'many rings of objects', 'cycles', '3000', '4'),
  python('cache', 'a dictionary that fills', 'cache', '30000', '0.1'),
  python('cache-slow', 'a dictionary that fills for most of the time', 'cache', '200000', '0.2'),
  python('database', 'SQLite in memory', 'database', '40000', '0.2'),
  python('frames', 'large lists, built and dropped', 'frames', '60000', '20'),
  python('frames-rare', 'larger lists, rarely', 'frames', '300000', '150'),
  java('g1', 'G1 in a heap of 256 MB', ['-Xmx256m', '-XX:+UseG1GC'], '20000', '40'),
  java('serial', 'the serial collector in 96 MB', ['-Xmx96m', '-XX:+UseSerialGC'], '6000', '30'),
  java('g1-slow', 'G1, slowly', ['-Xmx512m', '-XX:+UseG1GC'], '60000', '120'),
  shell(
    'build',
    'builds: the types of this repository are checked, again and again',
    `cd '${root}'; while :; do node_modules/.bin/tsc -p . --noEmit; sleep 150; done`,
  ),
  shell(
    'lint',
    'builds: this repository is linted, again and again',
    `cd '${root}'; while :; do node_modules/.bin/biome lint agent >/dev/null 2>&1; sleep 100; done`,
  ),
  shell(
    'compress',
    'an archive is packed, again and again',
    `cd '${root}'; while :; do tar c node_modules/typescript agent | xz -T1 -6 >/dev/null; sleep 120; done`,
  ),
  shell(
    'git',
    'a history is packed, again and again',
    `cd '${root}'; while :; do git rev-list --objects --all | git pack-objects --stdout -q >/dev/null; sleep 90; done`,
  ),
  shell(
    'scan',
    'files are read and searched, again and again',
    `cd '${root}'; while :; do grep -rc import node_modules >/dev/null; sort -R package-lock.json >/dev/null; sleep 60; done`,
  ),
  shell('shell', 'a shell that counts', 'i=0; while sleep 5; do i=$((i+1)); lines+=("$i"); done'),
];
