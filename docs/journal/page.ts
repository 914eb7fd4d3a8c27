import { type Kind, type KindName, kinds } from '../../agent/tell/journal/kinds.ts';
import { notable } from '../../agent/tell/journal/notable.ts';
import { explanations } from './explanations.ts';

const priorityNames: Readonly<Record<Kind['priority'], string>> = {
  3: 'err',
  4: 'warning',
  5: 'notice',
};

/** Fields of the journal are code in Markdown. */
const subjectOf = (name: KindName): string =>
  explanations[name].subject.replace(/@(\w+)@/g, (_, field) => `\`${field}\``);

const row = (name: KindName): string =>
  `| \`${name}\` | ${priorityNames[kinds[name].priority]} | \`${kinds[name].id}\` | ${subjectOf(name)} |`;

const left = Object.entries(notable)
  .filter(([, names]) => names.length === 0)
  .map(([type]) => `\`${type}\``);

const introduction = `# The journal

<!-- Written by docs/generate-journal.ts from docs/journal/ and agent/tell/journal/: change it there. -->

Under systemd Holdfast tells the journal two things:

- **Process logs.** Every process writes one JSON object per line to its standard output. Where that is the journal, and only
  there, each line begins with its priority, \`<3>\` for an error, which journald takes away again.
- **Entries with fields.** Notable events of the agent, once they are stored, are also sent as entries of their own that can
  be asked for by session, incident or kind, and that \`journalctl -x\` explains.

Under \`holdfast up\`, in a container or in a terminal no entry is sent.

## Ask

\`\`\`sh
journalctl -u holdfast-agent                       # what the agent did
journalctl -u holdfast-agent -o cat | jq .         # every line is a JSON object, see below
journalctl HOLDFAST_SESSION=web                    # everything about one session
journalctl HOLDFAST_INCIDENT=42 -x                 # one incident, with explanations
journalctl HOLDFAST_EVENT=verdict.reached -o json | jq -r .HOLDFAST_TEXT
journalctl MESSAGE_ID=${kinds['session.died'].id}
journalctl -u "holdfast-*" -p err                  # what somebody has to act on
journalctl -u "holdfast-*" -p warning              # what nobody meant, deaths included
\`\`\`

Any process can send entries with such fields. What must not be forged is asked for with the unit, which journald itself
writes down: \`journalctl _SYSTEMD_UNIT=holdfast-agent.service HOLDFAST_SESSION=web\`.

\`-u\` also shows what systemd itself says of a unit, and that is no JSON. The unit therefore has \`LogLevelMax=notice\`, which
keeps back systemd's own "Starting", "Started" and "Stopped", and the process log writes \`info\` as notice (\`<5>\`). Lines of
\`debug\` and \`trace\` are notices too, so that they get through once they are switched on; what they are is in their \`level\`.
What remains of systemd's own is about failures: "Main process exited" and "Failed with result" after a crash, "Failed to
start", and what it says of a broken unit file.
Where those must not come in between: \`journalctl _SYSTEMD_UNIT=holdfast-agent.service -o cat | jq .\`

## Priorities

- **err**: something of Holdfast fails and somebody has to act: the disk, a configuration, a session it gave up on, an alert
  that did not arrive. Also a process of ours that cannot start, as a line of its process log.
- **warning**: something happened that nobody meant: a death, a server that hangs, a link that went. Holdfast deals with it.
- **notice**: what was meant, and what is well again.

Entries are never below notice. \`journalctl -p err\` shows err and what is worse.

## Fields

| field | |
|---|---|
| \`MESSAGE\` | a JSON object like a line of the process log: \`level\`, \`time\`, \`component\`, \`event\`, \`seq\`, what the entry is about, \`msg\` |
| \`MESSAGE_ID\` | the kind of entry, fixed for ever |
| \`PRIORITY\`, \`SYSLOG_IDENTIFIER\` | as above; \`holdfast-agent\` |
| \`HOLDFAST_EVENT\` | the type of the event ([EVENTS.md](EVENTS.md)) |
| \`HOLDFAST_SEQ\` | its number in the log of events |
| \`HOLDFAST_TRACE\` | shared by all events of one cause |
| \`HOLDFAST_TIME\` | when it happened; the journal's own time is when it was sent, which is later while a disk takes nothing |
| \`HOLDFAST_TEXT\` | the sentence of \`MESSAGE\` |
| \`HOLDFAST_SESSION\` | the session, as the user named it; several of an incident, at most 50 |
| \`HOLDFAST_SERVER\`, \`HOLDFAST_OWNER\` | the tmux server; the owner of a link |
| \`HOLDFAST_INCIDENT\` | its number, as \`holdfast why\` takes it |
| \`HOLDFAST_LIFE\` | one run of a session |
| \`HOLDFAST_CAUSE\`, \`HOLDFAST_CONFIDENCE\` | of a verdict |
| \`HOLDFAST_ACTOR\` | of a verdict: who did it, as \`pkill (pid 4711)\`, or \`nobody that was seen\` |
| \`HOLDFAST_ACTOR_PID\`, \`_COMM\`, \`_CMDLINE\` | the process, the name it gave itself, and its command line |
| \`HOLDFAST_ACTOR_UID\`, \`_UNIT\` | whose process it was, and the systemd unit it ran in |
| \`HOLDFAST_ACTOR_SESSION\` | the supervised session it came from |
| \`HOLDFAST_ACTION\`, \`HOLDFAST_REASON\` | an action or a decision, and why |

A field that does not apply, or is not known, is not there: the entry of an action or of a verdict has no session when the
agent was started anew since that action or incident began.

Values are redacted, cut at 512 bytes, and have spaces in place of control characters, line ends included. An entry has at
most 32 KiB.

## When the journal takes nothing

Sending never waits. While journald is stopped the kernel keeps some hundred entries for it; what comes beyond that is given
up and counted, once said in the process log, and said again when an entry is taken. The log of events has all of them.
\`holdfast status\` shows it, \`--json\` has it as \`agent.journal\`, and so do the metrics \`holdfast_journal_degraded\` and
\`holdfast_journal_dropped_entries_total\` ([METRICS.md](METRICS.md#journal)). What journald itself throws away because
too much came at once (\`LogRateLimitBurst=\`) it says itself; we cannot count it.

## Kinds of entries

| kind | priority | \`MESSAGE_ID\` | |
|---|---|---|---|
`;

export const journalPage = (): string =>
  [
    `${introduction}${(Object.keys(kinds) as KindName[]).map(row).join('\n')}`,
    '',
    `Not for the journal: ${left.join(', ')}, and decisions that are followed by an action.`,
    'The log of events has them all.',
    '',
  ].join('\n');
