import type { Card } from '../card.ts';

/**
 * What programs are given of an alert: a public contract, changed only by addition.
 *
 *     {
 *       "type": "holdfast.alert.firing" | "holdfast.alert.resolved",
 *       "timestamp": "2026-01-31T23:59:59.999Z",       when the alert last changed
 *       "schema": 1,
 *       "data": {
 *         "alert": "…", "revision": 3,                 the same alert may come again with a higher revision
 *         "kind": "…", "severity": "info" | "notice" | "warning" | "error" | "critical",
 *         "status": "firing" | "resolved",
 *         "lapsed": false,                             resolved only because nothing more will be said
 *         "acknowledged": {"at": 0, "by": "…"} | null,
 *         "incident": "…" | null, "incidents": ["…"],  the newest, and up to fifty of them
 *         "count": 1, "trace": "…", "host": "…", "sessions": ["…"],
 *         "openedAt": 0, "updatedAt": 0,               times are ms since the epoch
 *         "headline": "…", "details": [{"label": "…", "text": "…"}],
 *         "actor": {                                   who brought a death about; null: nobody, or nobody was seen
 *           "pid": 4711, "comm": "…", "cmdline": "…" | null, "uid": 0 | null, "user": "…" | null,
 *           "unit": "…" | null, "session": "…" | null,
 *           "ancestry": [{"pid": 1, "comm": "…", "cmdline": "…" | null}]     its parent first
 *         } | null,
 *         "screen": {"session": "…", "text": "…"} | null
 *       }
 *     }
 *
 * `type`, `timestamp` and `data` are what Standard Webhooks asks for.
 */
export interface AlertDocument {
  type: `holdfast.alert.${Card['status']}`;
  timestamp: string;
  schema: 1;
  data: Omit<Card, 'actions' | 'loud' | 'headlineParts' | 'byline' | 'actor' | 'login'> & {
    actor: NonNullable<Card['actor']> | null;
  };
}

/** The same card gives the same text, so that a second attempt says what the first did. */
export const documentOf = (card: Card): AlertDocument => ({
  type: `holdfast.alert.${card.status}`,
  timestamp: new Date(card.updatedAt).toISOString(),
  schema: 1,
  data: {
    alert: card.alert,
    revision: card.revision,
    kind: card.kind,
    severity: card.severity,
    status: card.status,
    lapsed: card.lapsed,
    acknowledged: card.acknowledged,
    incident: card.incident,
    incidents: card.incidents,
    count: card.count,
    trace: card.trace,
    host: card.host,
    sessions: card.sessions,
    openedAt: card.openedAt,
    updatedAt: card.updatedAt,
    headline: card.headline,
    actor: card.actor ?? null,
    details: card.details,
    screen: card.screen,
  },
});
