import { deathsOf } from '../../../../agent/model/death-in.ts';
import { deedsIn } from '../../../../agent/model/deeds.ts';
import { duration } from '../../../../agent/model/duration.ts';
import type { DeathRecord, ExitStatus } from '../../../../agent/model/events/death.ts';
import type { Verdict } from '../../../../agent/model/events/incident.ts';
import { actorHeadline } from '../../../../agent/model/text/actor-text.ts';
import { deathHeadline } from '../../../../agent/model/text/cause-text.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import type { IncidentReport } from '../../../../agent/protocol/agent.ts';
import { foreign } from '../format/foreign.ts';
import { code, italic, lines, type Rich } from '../format/rich.ts';
import { ago, clock, when } from '../format/time.ts';
import { headlineSpans } from '../headline.ts';
import { incidentTexts } from '../texts/incidents.ts';
import { patternLines, precededLines } from './why-before.ts';

const mostEvidence = 6;
const mostMissing = 4;
const mostDeeds = 6;
const mostText = 300;

const sure = (verdict: Verdict): Rich =>
  italic(`${verdict.confidence} (${verdict.cause}, scope ${verdict.scope})`);

const doneBy = (verdict: Verdict): Rich | null => {
  const byline = actorHeadline(verdict);
  return byline && headlineSpans(byline, 'plain');
};

const evidence = ({ evidence: all }: Verdict): Rich[] =>
  all.length === 0
    ? []
    : [
        '',
        incidentTexts.evidence,
        ...all
          .slice(0, mostEvidence)
          .map(({ at, text }) => [`${clock(at).slice(0, 8)} `, foreign(text, 'plain', mostText)]),
        ...(all.length > mostEvidence ? [incidentTexts.more(all.length - mostEvidence)] : []),
      ];

const missing = ({ missing: all }: Verdict): Rich[] =>
  all.length === 0
    ? []
    : [
        '',
        incidentTexts.notSeen,
        ...all.slice(0, mostMissing).map((text) => ['– ', foreign(text, 'plain', mostText)]),
      ];

const exitText = (exit: ExitStatus | null): string => {
  if (exit?.signal != null) return incidentTexts.bySignal(exit.signal);
  return exit?.status != null ? incidentTexts.withStatus(exit.status) : incidentTexts.exitUnknown;
};

const death = (record: DeathRecord): Rich[] => [
  '',
  [
    code(record.session),
    `: ${incidentTexts.lived(duration(record.ageMs))}, `,
    exitText(record.exit),
  ],
  ...(record.lastCommand.source === 'not known'
    ? []
    : [[incidentTexts.lastCommand, code(record.lastCommand.text)]]),
];

const deeds = ({ events, incident: { server } }: IncidentReport): Rich[] => {
  const all = deedsIn(events);
  const nothing = server === unitsServer ? incidentTexts.nothingOfUnit : incidentTexts.nothingDone;
  if (all.length === 0) return ['', incidentTexts.done, nothing];
  return [
    '',
    incidentTexts.done,
    ...all
      .slice(-mostDeeds)
      .map(({ at, text }) => [`${clock(at).slice(0, 8)} `, foreign(text, 'plain', mostText)]),
  ];
};

/** What `holdfast why` says, for a phone. @param session the one to tell most of; null: whichever died first */
export const whyPage = (report: IncidentReport, session: string | null, now: number): Rich => {
  const { incident } = report;
  const { verdict, openedAt } = incident;
  const all = deathsOf(report.events);
  const shown = all.find((record) => record.session === session) ?? all[0];
  return lines(
    headlineSpans(deathHeadline(incident), 'bold'),
    verdict && doneBy(verdict),
    `${when(openedAt, now)}, ${ago(openedAt, now)}`,
    verdict ? foreign(verdict.summary) : incidentTexts.noVerdict,
    verdict ? sure(verdict) : null,
    ...patternLines(report),
    ...(shown ? death(shown) : []),
    ...(verdict ? [...evidence(verdict), ...missing(verdict)] : []),
    ...precededLines(report),
    ...deeds(report),
  );
};
