import type { Finder } from './span.ts';

interface TokenForm {
  readonly kind: string;
  readonly form: RegExp;
}

/*
 * Tokens whose form alone gives them away, as their makers document it. Less than the full length counts too,
 * because screens cut lines. Nothing that can fail follows an unbounded repeat: the search stays linear.
 * A look behind stands after the prefix, where it costs nothing until the prefix is found.
 */

const forms: readonly TokenForm[] = [
  { kind: 'GitHub', form: /gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}/ },
  { kind: 'GitLab', form: /glpat-[\w-]{16,}/ },
  { kind: 'Stripe', form: /[sr]k_(?:live|test)_[A-Za-z0-9]{10,}/ },
  { kind: 'Slack', form: /xox[a-z]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}/ },
  { kind: 'AWS access key', form: /A(?:KIA|SIA)[A-Z0-9]{16}/ },
  { kind: 'Google', form: /AIza[\w-]{30,}|ya29\.[\w.-]{16,}|GOCSPX-[\w-]{16,}/ },
  { kind: 'npm and Groq', form: /(?:npm|gsk)_[A-Za-z0-9]{20,}/ },
];

/** An alternation is searched as slowly as its shortest prefix, so the short ones are searched alone. */
const formsOfShortPrefix: readonly TokenForm[] = [
  {
    kind: 'OpenAI, Anthropic and others',
    form: /sk-(?<![A-Za-z0-9]sk-)(?=[\w-]{0,40}[0-9A-Z])[\w-]{16,}/,
  },
  {
    kind: 'Hugging Face',
    form: /hf_(?<![A-Za-z0-9]hf_)(?=[a-z]{0,40}[0-9A-Z])[A-Za-z0-9]{20,}/,
  },
  { kind: 'JSON Web Token', form: /eyJ(?<![\w-]eyJ)[\w-]{8,}(?:\.[\w-]{4,}){1,4}/ },
];

const patterns = [
  new RegExp(forms.map(({ form }) => form.source).join('|'), 'g'),
  ...formsOfShortPrefix.map(({ form }) => new RegExp(form, 'g')),
];

export const findTokens: Finder = (text) =>
  patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
