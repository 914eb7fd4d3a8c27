import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { peerCredentials } from '../../../../agent/api/credentials.ts';
import type { State } from '../../../../agent/model/state.ts';
import { type HeartbeatPorts, listenForBots } from '../../../../agent/observe/heartbeat/listen.ts';
import { type Sight, sightOf } from '../../../../agent/observe/heartbeat/speaker.ts';
import type { Speaker } from '../../../../agent/observe/heartbeat/speech.ts';
import { lifeOf } from '../../../../agent/observe/life-of-process.ts';
import { statOf } from '../../../../agent/observe/machine/procfs.ts';
import type { Beat } from '../../../../agent/protocol/heartbeat.ts';
import { after, birth, bot, running, started } from '../../model/sample.ts';
import { beat, lineOf } from './sample-beats.ts';

interface Scene {
  path: string;
  heard: [Speaker, Beat][];
  gone: string[];
  refused: Record<string, number>;
  /** Resolves when it is so; asked whenever something happened. */
  until(is: () => boolean): Promise<void>;
}

const listening = async (t: Test, ports: Partial<HeartbeatPorts> = {}): Promise<Scene> => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-beats-'));
  const path = join(directory, 'heartbeat.sock');
  const waiting = new Set<() => void>();
  const happened = (): void => {
    for (const look of waiting) look();
  };
  const scene: Scene = {
    ...{ path, heard: [], gone: [], refused: {} },
    until: (is) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!is()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
  const listener = await listenForBots(path, 0o600, {
    credentialsOf: peerCredentials,
    sightOf,
    lifeOf: () => bot,
    ownerOf: () => 'deploy',
    silentAfterMs: 600_000,
    onTrouble: (what) => t.fail(what),
    hear: (speaker, said) => {
      scene.heard.push([speaker, said]);
      setImmediate(happened);
      return null;
    },
    gone: (_, how) => {
      scene.gone.push(how);
      happened();
    },
    refused: (why) => {
      scene.refused[why] = (scene.refused[why] ?? 0) + 1;
      happened();
    },
    ...ports,
  } as HeartbeatPorts);
  t.teardown(() => {
    listener.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return scene;
};

const dial = async (t: Test, path: string): Promise<Socket> => {
  const socket = connect(path);
  socket.on('error', () => undefined);
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
};

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.resume().once('close', () => resolve());
  });

/** Of a pane that is this child of ours, in two sessions. */
const script = `
const socket = require('node:net').connect(process.argv[1]);
socket.write(process.argv[2] + '\\n');
setInterval(() => {}, 1e6);
`;

const speak = (path: string, params: object): ChildProcess =>
  spawn(process.execPath, ['--eval', script, path, lineOf(params)], { stdio: 'ignore' });

t.test('a process speaks for the session it runs in, whichever it names', async (t) => {
  const self = { pid: process.pid, startTime: statOf(process.pid)?.startTime ?? 0 };
  let state: State = running;
  const strangers: number[] = [];
  const scene = await listening(t, {
    lifeOf: (sight) => lifeOf(state, sight),
    onStranger: ({ process: { pid } }) => strangers.push(pid),
  });
  const truth = speak(scene.path, beat({ bot: 'mine' }));
  const liar = speak(scene.path, {
    ...beat({ bot: 'mine' }),
    of: 'truth',
    life: 'truth',
    pid: truth.pid,
  });
  const stranger = await dial(t, scene.path);
  t.teardown(() => [truth, liar].map((child) => child.kill('SIGKILL')));
  // They may speak before their sessions are listed.
  const of = (name: string, n: number, { pid = 0 }: ChildProcess) =>
    started(
      birth(name, n, {
        instance: self,
        panes: [{ id: `%${n}`, pid, startTime: 0, shell: false }],
      }),
    );
  state = after(running, of('truth', 7, truth), of('liar', 8, liar));
  await scene.until(() => scene.heard.length === 2);
  const lives = new Map(scene.heard.map(([{ process, life }]) => [process.pid, life]));
  t.equal(state.lives[lives.get(truth.pid ?? 0) ?? '']?.session, 'truth');
  t.equal(state.lives[lives.get(liar.pid ?? 0) ?? '']?.session, 'liar');
  await closed(stranger);
  t.same(scene.refused, { 'no-session': 1 });
  t.equal(strangers.filter((pid) => pid === self.pid).length, 1, 'told once');
  truth.kill('SIGKILL');
  await scene.until(() => scene.gone.length === 1);
  t.same(scene.gone, ['closed']);
});

t.test('a pid that is another process by now is not who connected', async (t) => {
  let looks = 0;
  const scene = await listening(t, {
    sightOf: (socket, pid): Sight | null =>
      sightOf(
        socket,
        pid,
        () => ({ line: [{ pid, startTime: 99 }], group: null }),
        () => {
          looks += 1;
          return false;
        },
      ),
  });
  await closed(await dial(t, scene.path));
  t.equal(looks, 1, 'asked last, of what was read');
  t.same(scene.refused, { 'unknown-peer': 1 });
  const nobody = await listening(t, { credentialsOf: () => null });
  await closed(await dial(t, nobody.path));
  const outside = await listening(t, { credentialsOf: () => ({ pid: 0, uid: 0 }) });
  await closed(await dial(t, outside.path));
  t.same([nobody.refused, outside.refused], [{ 'unknown-peer': 1 }, { 'unknown-peer': 1 }]);
  const gone = await listening(t, { sightOf: (socket) => sightOf(socket, 2 ** 22 + 1) });
  await closed(await dial(t, gone.path));
  t.same(gone.refused, { 'unknown-peer': 1 });
});

t.test('a flood is slowed down and counted, and nobody else is', async (t) => {
  const scene = await listening(t);
  const flooder = await dial(t, scene.path);
  const quiet = await dial(t, scene.path);
  flooder.write(`${lineOf(beat({ bot: 'loud' }))}\n`.repeat(20_000));
  await scene.until(() => (scene.refused['too-fast'] ?? 0) > 0);
  quiet.write(`${lineOf(beat({ bot: 'quiet' }))}\n`);
  await scene.until(() => scene.heard.some(([, said]) => said.bot === 'quiet'));
  const loud = scene.heard.filter(([, said]) => said.bot === 'loud').length;
  t.ok(loud < 200, `${loud} of 20,000`);
});

t.test('what is no beat is nothing, and whoever says nothing else goes', async (t) => {
  const scene = await listening(t);
  const mad = await dial(t, scene.path);
  mad.write('hello\n'.repeat(19));
  mad.write(`${lineOf(beat())}\n`);
  await scene.until(() => scene.heard.length === 1);
  mad.write('\0\n');
  await closed(mad);
  await scene.until(() => scene.gone.length === 1);
  t.same(scene.refused, { 'not-a-beat': 20 });
  const long = await dial(t, scene.path);
  long.write('x'.repeat(100_000));
  await closed(long);
  await scene.until(() => scene.gone.length === 2);
  const asking = await dial(t, scene.path);
  let answered = '';
  asking.on('data', (chunk) => {
    answered += chunk;
  });
  asking.end('{"jsonrpc":"2.0","id":1,"method":"version","params":{}}\n');
  await closed(asking);
  t.equal(answered, '', 'nobody is answered');
});

t.test('who is silent is given up, and says so', async (t) => {
  const scene = await listening(t, { silentAfterMs: 50 });
  await closed(await dial(t, scene.path));
  await scene.until(() => scene.gone.length === 1);
  t.same(scene.gone, ['silent']);
});

t.test('whose session is over is not heard any more', async (t) => {
  const scene = await listening(t, { hear: () => 'no-session' });
  const socket = await dial(t, scene.path);
  socket.write(`${lineOf(beat())}\n`);
  await closed(socket);
  t.same(scene.refused, { 'no-session': 1 });
});

t.test('a session has so many connections, and those that speak keep theirs', async (t) => {
  const scene = await listening(t);
  const sockets: Socket[] = [];
  for (let n = 0; n < 17; n += 1) sockets.push(await dial(t, scene.path));
  await scene.until(() => scene.refused['too-many-connections'] === 1);
  sockets[0]?.write(`${lineOf(beat())}\n`);
  await scene.until(() => scene.heard.length === 1);
  t.pass();
});

t.test('whoever dials again and again is not looked at each time', async (t) => {
  let looks = 0;
  const scene = await listening(t, {
    sightOf: () => {
      looks += 1;
      return null;
    },
  });
  const sockets = await Promise.all(Array.from({ length: 400 }, () => dial(t, scene.path)));
  await Promise.all(sockets.map(closed));
  t.ok(looks < 350, `${looks} looks`);
  t.ok((scene.refused['too-fast'] ?? 0) > 0);
});
