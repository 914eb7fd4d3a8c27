/** The menu of the chat, and what /help says. */
export const commandTexts = {
  status: 'How things are',
  sessions: 'All sessions and units',
  why: 'Why something died: NAME, or the newest',
  incidents: 'The last incidents',
  screen: 'The screen of a session: NAME, NAME text',
  login: 'Log a bot in, by QR or code: NAME',
  restart: 'Restart a session or unit: NAME',
  start: 'Start a session or unit: NAME',
  stop: 'Stop a session or unit: NAME',
  ack: 'Acknowledge the newest incident',
  silence: 'No alerts for a while: NAME 2h, all 30m',
  help: 'What there is',
} as const;

/** The same as the Bot API takes it. */
export const menu = Object.entries(commandTexts).map(([command, description]) => ({
  command,
  description,
}));
