import { duration } from '../../agent/model/duration.ts';
import { causes } from '../../agent/model/events/incident.ts';
import { type AlertKind, alertKinds } from '../../exporters/notifier/classify/alert.ts';
import { kindRules } from '../../exporters/notifier/classify/kind-rules.ts';
import { sameAgainMs } from '../../exporters/notifier/classify/open.ts';
import { suppressionReasons } from '../../exporters/notifier/classify/route.ts';
import { severityByCause, severityRules } from '../../exporters/notifier/classify/severity.ts';
import { undeclaredMs } from '../../exporters/notifier/classify/tick.ts';
import { worthMs } from '../../exporters/notifier/deliver/stale.ts';
import { loudMs, windowMs } from '../../exporters/notifier/outbox/storm-news.ts';
import { calmMs, mostAlone } from '../../exporters/notifier/outbox/storms.ts';
import { explanations } from './explanations.ts';
import { fieldMeanings } from './fields.ts';
import { reasonMeanings } from './reasons.ts';

const ages = [
  `${duration(worthMs.info)} for \`info\` and \`notice\``,
  `${duration(worthMs.warning)} for \`warning\``,
  `${duration(worthMs.critical)} for \`error\` and \`critical\``,
].join(', ');

const introduction = `# Alerts

<!-- Written by docs/generate-alerts.ts from docs/alerts/ and exporters/notifier/: change it there. -->

An alert is something that people should know: it has a kind, a severity, and a beginning. The notifier makes alerts of the
events of the log ([EVENTS.md](EVENTS.md)) and tells them on channels: Telegram, webhooks, ntfy and commands. Which there
are, and from which severity on each is told, is in the configuration ([CONFIG.md](CONFIG.md#alerts)).

\`holdfast alerts\` lists them, with what became of each at every channel. \`holdfast alert test\` tries the channels.

The kinds, the severities, the reasons and the fields are a public contract: they are added to, and not taken away, renamed
or given another meaning.

## How it is told

- One incident is one message. Where a channel can change a message, it is changed in place: when the cause is known, when
  sessions are back, when somebody says that he knows of it. Elsewhere the same alert comes again with a higher revision.
  Changes that wait together are told as one.
- Where it was seen who brought a death about, a line below the headline names it, as sure as the verdict is:
  \`by pkill -f mux (pid 4711), run by cleanup.sh, cron.service\`. In the JSON it is \`actor\`.
- Where the same came about before, \`pattern\` says how often and what those times have in common, and \`to prevent it\` what would
  keep it from happening again, where that is known ([CAUSES.md](CAUSES.md#patterns)). A verdict that only has more evidence than
  the one before tells nobody anything.
- The phone rings for the first message, when an alert becomes more serious, when it is told again, and when something is over
  that took a minute or longer. Every other change is quiet.
- The same again within ${duration(sameAgainMs)} is the same alert with a count, and changes its message. It rings where people had heard that
  it was over, or when there are more sessions than the last time.
- What was over before anybody was told is told once, as over: a death that was mended while it was held, and whatever ended in
  quiet hours or while the channel could not be reached. It is not told where it was \`mended-in-time\`, \`silenced\` or
  \`inhibited\` ([below](#what-keeps-an-alert-back)).
- What is \`error\` or \`critical\` and goes on is told again every \`repeat\` (4 hours unless the configuration says otherwise),
  until it is over or somebody says \`holdfast ack\`, or presses the button. A death goes on while a declared session of it is
  down; what else ends is said [below](#what-has-no-end).
- While a channel cannot be reached, alerts wait. Afterwards each is told as it is then: new ones first and in their order, changes
  after them. What waits is on disk, and survives an end of the notifier and of the machine; one message per crash may come
  twice.
- What was never told at a channel, and has not changed for longer than this, is not told there any more:
  ${ages}. A network, a silence or quiet hours may have kept it
  back.
`;

const lapsing = `## What has no end

Some kinds only happen, as \`machine-restarted\`: nothing ends them. And who started a session by himself may never start it again.
So that nothing stays open for ever, in a program that shows what is open, in \`holdfast alerts\` or in \`holdfast status\`, an alert
lapses:

- of a kind that is told once: ${duration(sameAgainMs)} after it last happened;
- \`session-died\`: ${duration(undeclaredMs)} after its last change, where none of the sessions that are not back is declared.

Programs are told of it as \`resolved\` with \`lapsed: true\`, which closes it at a receiver that knows no more than the two states.
People are not told: their message stays as it is. What happens again after that is a new alert; the death of such a session
within ${duration(sameAgainMs)} is the same one, once more.
`;

const holding = `## What keeps an alert back

\`holdfast alerts\` shows the reason at each channel, and the notifier counts them.

| reason | |
|---|---|
${suppressionReasons.map((reason) => `| \`${reason}\` | ${reasonMeanings[reason]} |`).join('\n')}

### Silences

\`holdfast silence web --for 1h --reason 'new release'\`, or the button, silences one session; \`--all\` everything. A silence ends
by itself, or with \`holdfast unsilence\`. An alert about several sessions is silent when all of them are. One about no session,
such as a server that hangs, is silenced by \`--all\` alone. That somebody was paired is told all the same. What is silenced is
recorded and explained as ever. A message that was there before still changes, and does not ring.

### Quiet hours

Between \`from\` and \`to\` of \`alerts.quietHours\` only what is critical is told to people, and that somebody was paired;
\`from\` may be later than \`to\`, which is the next morning then. The clock is that of \`timezone\`, summer time included, or
the machine's. Channels that programs read, webhooks and commands, know no quiet hours. A message that was there before still
changes, and does not ring.

### Storms

When people were told of ${mostAlone} alerts within ${duration(windowMs)}, what comes on top of that becomes one message: how many, the worst severity,
some of the sessions and headlines. So a thousand alerts at once are three messages. It changes in place as more comes and
as alerts in it are over. It rings when something in it is worse than all before, and, at most every ${duration(loudMs)}, when there is more,
when something in it is told again, and when all of it is over. After ${duration(calmMs)} without a change the next storm is a message of its
own. As long as it is about one alert, it is told as that one, and rings as that one would. Programs are told each alert by itself.
`;

const severity = `## Severity

From least to most: \`info\`, \`notice\`, \`warning\`, \`error\`, \`critical\`. That of a death comes from its cause:

| cause | severity |
|---|---|
${causes.map((cause) => `| \`${cause}\` | ${severityByCause[cause]} |`).join('\n')}

Then from these rules, which add up and never go past either end. Until there is a verdict the cause is \`unknown\`.

| rule | |
|---|---|
${severityRules.map(({ name, sentence }) => `| \`${name}\` | ${sentence} |`).join('\n')}

\`importance\` of a session is in the configuration ([CONFIG.md](CONFIG.md#sessions)). Every other kind of alert has the severity
that stands with it below.
`;

const fields = `## What programs are given

A webhook is sent this as its body, signed as Standard Webhooks asks for where it has a key; a command reads it from its
standard input. The id of a delivery is that of the alert with its revision, and the same for every attempt.

| field | type | |
|---|---|---|
${Object.entries(fieldMeanings)
  .map(([name, [type, meaning]]) => `| \`${name}\` | ${type} | ${meaning} |`)
  .join('\n')}

Texts are redacted and have no control characters. They are still the words of strangers: a session or a screen may say
anything.
`;

const holdText = (kind: AlertKind): string => {
  const { holdMs } = kindRules[kind];
  return holdMs === 0 ? '' : ` It is held for ${holdMs / 1000} s at most.`;
};

const row = (kind: AlertKind): string =>
  `| [\`${kind}\`](#${kind}) | ${kindRules[kind].severity} | ${explanations[kind].subject} |`;

const severityText = (kind: AlertKind): string =>
  kind === 'session-died' ? 'by its cause, see above' : `\`${kindRules[kind].severity}\``;

const section = (kind: AlertKind): string => {
  const { meaning, todo, told, over, runbook } = explanations[kind];
  return [
    `### ${kind}`,
    '',
    meaning,
    '',
    `- Severity: ${severityText(kind)}.`,
    `- What to do: ${todo} See [the runbook](${runbook}).`,
    `- Told: ${told}${holdText(kind)}`,
    `- Over: ${over}`,
    '',
  ].join('\n');
};

const kinds = (): string =>
  [
    '## Kinds',
    '',
    '| kind | severity | |',
    '|---|---|---|',
    ...alertKinds.map((kind) => row(kind)),
    '| `storm` | the worst in it | Many alerts in a short time, for people |',
    '',
    ...alertKinds.map(section),
  ].join('\n');

export const alertsPage = (): string =>
  [introduction, lapsing, holding, severity, fields, kinds()].join('\n');
