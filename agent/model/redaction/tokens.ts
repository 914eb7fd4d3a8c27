import type { Finder } from './span.ts';

/**
 * Tokens whose form alone gives them away, as their makers document it. Less than the full length counts too,
 * because screens cut lines. Nothing that can fail follows an unbounded repeat: the search stays linear.
 */
const tokens: readonly { readonly kind: string; readonly form: RegExp }[] = [
  {
    kind: 'OpenAI, Anthropic and others',
    form: /(?<![A-Za-z0-9])sk-(?=[\w-]{0,40}[0-9A-Z])[\w-]{16,}/,
  },
  { kind: 'GitHub', form: /gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}/ },
  { kind: 'GitLab', form: /glpat-[\w-]{16,}/ },
  {
    kind: 'npm, Hugging Face, Groq',
    form: /(?<![A-Za-z0-9])(?:npm|hf|gsk)_(?=[a-z]{0,40}[0-9A-Z])[A-Za-z0-9]{20,}/,
  },
  { kind: 'Stripe', form: /[sr]k_(?:live|test)_[A-Za-z0-9]{10,}/ },
  { kind: 'Slack', form: /xox[a-z]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}/ },
  { kind: 'AWS access key', form: /A(?:KIA|SIA)[A-Z0-9]{16}/ },
  { kind: 'Google', form: /AIza[\w-]{30,}|ya29\.[\w.-]{16,}|GOCSPX-[\w-]{16,}/ },
  { kind: 'JSON Web Token', form: /(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]{4,}){1,4}/ },
];

/** One pattern for all: ten times a pass over the text would cost three times as much. */
const anyToken = new RegExp(tokens.map(({ form }) => form.source).join('|'), 'g');

export const findTokens: Finder = (text) =>
  Array.from(text.matchAll(anyToken), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
