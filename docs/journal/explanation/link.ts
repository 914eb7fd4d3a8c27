import type { Explanations } from './explanation.ts';

export const linkExplanations: Explanations<'link'> = {
  'link.connected': {
    subject: 'The link of @HOLDFAST_OWNER@ connected',
    meaning:
      "The process that runs tmux for this owner is there: the owner's servers can be asked.",
    look: 'Nothing has to be done.',
  },
  'link.lost': {
    subject: 'The link of @HOLDFAST_OWNER@ is lost',
    meaning:
      "The process that runs tmux for this owner went away. The owner's sessions live on. Until it is back the agent sees a server only by its process, and can neither create nor end a session on it.",
    look: 'It comes back by itself within seconds, and an entry says so. If not: `systemctl list-units "holdfast-*"` and the journal of its unit. The owner can end this process himself, as any other of his.',
  },
};
