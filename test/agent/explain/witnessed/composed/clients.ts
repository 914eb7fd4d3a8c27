import type { SeenProcess } from '../../../../../agent/model/witnessed.ts';
import type { Way } from '../../way.ts';
import { deathOf, recorded, serverOf, told } from '../case.ts';
import { readTrace, startTimeOf } from '../read-trace.ts';
import { clientExit } from '../trace-line.ts';
import { attached, closed, fatal, gone, hup, killer, leader } from './people.ts';

/** A client of which other things were seen than that trace tells. */
const clientSeen = (cmdline: string, seen: Partial<SeenProcess>) =>
  readTrace(clientExit(100.01, 71), { cmdlines: { 71: cmdline } }).clients.map(
    ({ at, process }) => ({ at, process: { ...process, ...seen } }),
  );

/** Who told tmux. */
export const clients: readonly Way[] = [
  {
    name: 'one that showed the session ends with it: alone it is no suspect',
    rule: 'told-tmux',
    given: recorded(`${closed}${clientExit(100.01, 70)}`, attached, gone),
    actor: null,
    verdict: { cause: 'tmux-command', confidence: 'likely', missing: [/destroy-unattached/] },
  },
  {
    name: 'beside one whose command line says it, it does not count',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${clientExit(100.01, 70)}${clientExit(100.01, 71)}`,
      { cmdlines: { ...attached.cmdlines, 71: 'tmux kill-session -t =api' } },
      gone,
    ),
    actor: 71,
    verdict: { confidence: 'certain' },
  },
  {
    name: 'one that gave a pane another program, which was killed then: the session went with that',
    rule: 'nothing-known',
    given: recorded(
      `${closed}${clientExit(100.01, 71)}${fatal(100.02, killer, 9, 600)}`,
      { cmdlines: { 71: 'tmux respawn-pane -k -t api:' }, ancestry: { 600: [9638] } },
      [deathOf(leader, 100.1)],
      { server: { ...serverOf(9638), managed: false } },
    ),
    actor: null,
    verdict: { cause: 'unknown', confidence: 'possible' },
  },
  {
    name: 'another pane of the server that was killed then has nothing to do with it',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${clientExit(100.01, 71)}${fatal(100.02, killer, 9, 600)}`,
      { cmdlines: { 71: 'tmux kill-session -t =api' }, ancestry: { 600: [9638] } },
      [deathOf(leader, 100.1)],
      {
        panes: {
          600: { session: 'web', pane: '%2', startTime: 0, tmuxId: '$2', owner: null },
        },
      },
    ),
    actor: 71,
    verdict: { cause: 'tmux-command', confidence: 'certain' },
  },
  {
    name: 'one of which only the file was seen may have been told anything',
    rule: 'told-tmux',
    given: told(
      {
        ...readTrace(closed),
        clients: clientSeen('/usr/bin/tmux', { seenBy: 'file' }),
      },
      gone,
    ),
    actor: 71,
    verdict: { confidence: 'likely', missing: [/^the arguments of pid 71/, /^what that client/] },
  },
  {
    name: 'the only client there was when the whole server was told to end',
    rule: 'told-tmux',
    given: recorded(`${fatal(100, 9638, 15, 9638)}${clientExit(100.01, 70)}`, attached, gone),
    actor: 70,
    verdict: { scope: 'server', confidence: 'likely' },
  },
  {
    name: 'a server that was told to end, and no client',
    rule: 'told-tmux',
    given: recorded(`${fatal(100, 9638, 15, 9638)}${clientExit(103, 70)}`, attached, gone),
    actor: null,
    verdict: { scope: 'server', confidence: 'likely', missing: [/no client of tmux was seen/] },
  },
  ...['tmux kill-session -t api', 'tmux source-file x'].map(
    (line): Way => ({
      name: `there were more clients than are remembered, and "${line}" ended then`,
      rule: 'told-tmux',
      given: told(
        {
          ...readTrace(`${closed}${clientExit(100.01, 71)}`, {
            cmdlines: { 71: line },
          }),
          clientsSince: Number.MAX_SAFE_INTEGER,
        },
        gone,
      ),
      actor: line.includes('api') ? 71 : null,
      verdict: {
        ...{ cause: 'tmux-command', confidence: 'likely' },
        missing: line.includes('api') ? [/./] : [/more clients of tmux ended since/],
      },
    }),
  ),
  {
    name: 'a program that ignores the end of its terminal',
    rule: 'told-tmux',
    given: recorded(`${hup(100, 9638, leader, 1)}`, {}, gone),
    actor: null,
    verdict: { cause: 'tmux-command', confidence: 'likely' },
  },
  ...[0, 1000].map(
    (uid): Way => ({
      name: `clients of other users cannot have asked, one of user ${uid} can`,
      rule: 'told-tmux',
      given: recorded(
        `${closed}${clientExit(100.01, 71)}${clientExit(100.01, 72)}`,
        {
          cmdlines: { 71: 'tmux kill-session -t api', 72: 'tmux kill-session -t api' },
          uids: { 9638: 1000, 71: 1001, 72: uid },
        },
        gone,
      ),
      actor: 72,
      verdict: { cause: 'tmux-command', confidence: 'certain' },
    }),
  ),
  ...[1000, 1001].map(
    (loginUid): Way => ({
      name: `of one whose user was not seen the login tells: ${loginUid}`,
      rule: 'told-tmux',
      given: told(
        {
          ...readTrace(closed, { uids: { 9638: 1000 } }),
          clients: clientSeen('tmux kill-session -t api', { loginUid }),
        },
        gone,
      ),
      actor: loginUid === 1000 ? 71 : null,
      verdict: { cause: 'tmux-command', confidence: 'likely' },
    }),
  ),
  {
    name: 'one pane of two was killed by a command, and something else took the session',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${hup(100.01, 9638, 700)}${clientExit(100.02, 71)}`,
      { cmdlines: { 71: 'tmux kill-pane -t api:0.1' } },
      [
        deathOf(leader, 100.1, null, {
          panes: [...deathOf(leader, 1).panes, ...deathOf(700, 1).panes],
        }),
      ],
    ),
    actor: 71,
    verdict: { confidence: 'likely' },
  },
  {
    name: 'only a client of another user ended then',
    rule: 'told-tmux',
    given: recorded(
      `${fatal(100, 9638, 15, 9638)}${clientExit(100.01, 71)}`,
      { cmdlines: { 71: 'tmux kill-server' }, uids: { 9638: 1000, 71: 1001 } },
      gone,
    ),
    actor: null,
    verdict: { scope: 'server', confidence: 'likely', missing: [/no client of tmux was seen/] },
  },
  {
    name: 'whose server it is was not seen: a client of any user may have asked',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${clientExit(100.01, 71)}`,
      { cmdlines: { 71: 'tmux kill-session -t api' }, uids: { 71: 1001 } },
      gone,
    ),
    actor: 71,
    verdict: { confidence: 'certain' },
  },
  {
    name: 'what runs in a pane is not ours, though we started its server',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${clientExit(100.01, 71)}${clientExit(100.01, 72)}`,
      {
        ancestry: { 71: [501, 9638, 7], 72: [7] },
        cmdlines: { 71: 'tmux kill-session -t api' },
      },
      gone,
      {
        ours: [7],
        panes: {
          501: {
            session: 'web',
            pane: '%8',
            startTime: startTimeOf(501),
            tmuxId: '$2',
            owner: null,
          },
        },
      },
    ),
    actor: 71,
    verdict: {
      confidence: 'certain',
      actor: { session: 'web' },
      summary: /in pane %8 of session "web"/,
    },
  },
  {
    name: 'a popup of the server itself, whose parent is the server',
    rule: 'told-tmux',
    given: recorded(`${closed}${clientExit(100.01, 71)}`, { ancestry: { 71: [9638, 7] } }, gone, {
      ours: [7],
    }),
    actor: 71,
    verdict: { cause: 'tmux-command' },
  },
];
