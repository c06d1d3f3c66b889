/** Templates that come with Inkpad, in the languages of the page. */
import type { Template } from './template.ts'

const ENGLISH: readonly Template[] = [
  {
    id: 'meeting',
    title: 'Meeting notes',
    hint: 'Who, what, and who does it',
    text: '# Meeting\n\n**Date:** \n**Here:** \n**Notes by:** \n\n## Topics\n\n1. \n\n## Notes\n\n- \n\n## Decided\n\n- \n\n## To do\n\n- [ ] What, who, until when\n',
  },
  {
    id: 'agenda',
    title: 'Agenda',
    hint: 'Points with time and aim',
    text: '# Agenda\n\n**Date and place:** \n**Leads:** \n\n## Before\n\n- [ ] Read \n\n## Points\n\n1. Welcome (5 min)\n2. Topic: aim, who, minutes\n3. Next steps (5 min)\n\n## Kept for later\n\n- \n',
  },
  {
    id: 'lesson',
    title: 'Lesson',
    hint: 'Aims, course, homework',
    text: '# Lesson\n\n**Class and subject:** \n**Date:** \n\n## Aims\n\n- Afterwards everybody can \n\n## Material\n\n- \n\n## Course\n\n1. Beginning (10 min)\n2. Work in groups (25 min)\n3. Results (10 min)\n\n## Homework\n\n- [ ] \n',
  },
  {
    id: 'decision',
    title: 'Decision',
    hint: 'Question, options, reasons',
    text: '# Decision\n\n**Question:** \n**Decide until:** \n**Who decides:** \n\n## What we know\n\n- \n\n## Options\n\n1. Option: for, against\n2. Option: for, against\n\n## Decided\n\n> \n\n## Reasons and what follows\n\n- [ ] \n',
  },
]

const GERMAN: readonly Template[] = [
  {
    id: 'meeting',
    title: 'Protokoll',
    hint: 'Wer, was, und wer macht es',
    text: '# Besprechung\n\n**Datum:** \n**Dabei:** \n**Protokoll:** \n\n## Themen\n\n1. \n\n## Notizen\n\n- \n\n## Beschlossen\n\n- \n\n## Zu tun\n\n- [ ] Was, wer, bis wann\n',
  },
  {
    id: 'agenda',
    title: 'Tagesordnung',
    hint: 'Punkte mit Zeit und Ziel',
    text: '# Tagesordnung\n\n**Zeit und Ort:** \n**Leitung:** \n\n## Vorher\n\n- [ ] Lesen: \n\n## Punkte\n\n1. Begrüßung (5 min)\n2. Thema: Ziel, wer, Minuten\n3. Nächste Schritte (5 min)\n\n## Für später\n\n- \n',
  },
  {
    id: 'lesson',
    title: 'Unterrichtsstunde',
    hint: 'Ziele, Ablauf, Hausaufgabe',
    text: '# Unterrichtsstunde\n\n**Klasse und Fach:** \n**Datum:** \n\n## Ziele\n\n- Danach können alle \n\n## Material\n\n- \n\n## Ablauf\n\n1. Einstieg (10 min)\n2. Gruppenarbeit (25 min)\n3. Ergebnisse (10 min)\n\n## Hausaufgabe\n\n- [ ] \n',
  },
  {
    id: 'decision',
    title: 'Entscheidung',
    hint: 'Frage, Möglichkeiten, Gründe',
    text: '# Entscheidung\n\n**Frage:** \n**Entscheiden bis:** \n**Wer entscheidet:** \n\n## Was wir wissen\n\n- \n\n## Möglichkeiten\n\n1. Möglichkeit: dafür, dagegen\n2. Möglichkeit: dafür, dagegen\n\n## Entschieden\n\n> \n\n## Gründe und was folgt\n\n- [ ] \n',
  },
]

/** Those in a language, else in English. */
export function builtIn(language: string): readonly Template[] {
  return language.toLowerCase().startsWith('de') ? GERMAN : ENGLISH
}
