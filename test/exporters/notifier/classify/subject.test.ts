import t from 'tap';
import { subjectOf } from '../../../../exporters/notifier/classify/subject.ts';

t.test('a subject is one session of one server, or one bot of it', async (t) => {
  const about = [
    { server: 'main', session: 'wa' },
    { server: 'mine', session: 'wa' },
    { server: 'main', session: 'wa', bot: 'a' },
    { server: 'main', session: 'wa', bot: 'b' },
  ];
  const subjects = about.map(subjectOf);
  t.equal(new Set(subjects).size, about.length);
  t.equal(subjectOf({ server: 'main', session: 'wa', bot: '' }), subjects[0], 'the only bot');
});
