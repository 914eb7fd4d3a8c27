import { unitsServer } from '../../../agent/model/unit-state.ts';
import { type Card, type CardAction, isOver } from '../card.ts';
import type { Alert } from '../classify/alert.ts';

/** Which bot waits for somebody to log it in; null: none does. */
export const loginOf = ({
  kind,
  status,
  server,
  sessions,
  need = null,
}: Alert): NonNullable<Card['login']> | null => {
  const [session] = sessions;
  const waits = kind === 'bot-needs-login' && status === 'firing';
  return waits && session !== undefined ? { server: server ?? '', session, need } : null;
};

/** What a person may do about an alert as it is now, in the order of the buttons. */
export const actionsOf = (alert: Alert): CardAction[] => {
  const { incidents, sessions, server, status, lapsed = false, acknowledged } = alert;
  const hasIncident = incidents.length > 0;
  const isOfUnit = server === unitsServer && sessions.length > 0;
  const login: CardAction[] = loginOf(alert) ? ['login'] : [];
  // A unit is found by its name, which is declared; of a session that may have namesakes the incident tells.
  if (!hasIncident && !isOfUnit) return login;
  const open = !isOver({ status, lapsed });
  const named = sessions.length > 0;
  const when = (isSo: boolean, action: CardAction): CardAction[] => (isSo ? [action] : []);
  return [
    ...login,
    'why',
    ...when(named && !isOfUnit, 'screen'),
    ...when(open && named, 'restart'),
    ...when(open && hasIncident && acknowledged === null, 'acknowledge'),
    ...when(named, 'silence'),
  ];
};
