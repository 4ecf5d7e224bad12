import { guideline } from './guideline.js';

const repository = 'https://github.com/italia/lg-modellointeroperabilita-docs';
const text = `${repository}/blob/75649fd/doc/04_Raccomandazioni%20di%20implementazione/05_raccomandazioni-tecniche-per-rest/02_progettazione-e-naming.rst?plain=1`;

export const modi = guideline({
  name: 'modi',
  who: 'AgID',
  publisher: 'Agenzia per l’Italia digitale',
  title: 'Linee Guida sull’interoperabilità tecnica delle Pubbliche Amministrazioni',
  url: 'https://docs.italia.it/italia/piano-triennale-ict/lg-modellointeroperabilita-docs/',
  date: '2018-04-27',
  copies: [{ from: 'italia/lg-modellointeroperabilita-docs', commit: '75649fd', date: '2022-04-10' }],
  // Italian for SHOULD.
  words: { DOVREBBERO: 'recommends' },
  sections: {
    RAC_REST_NAME_009: {
      name: '[RAC_REST_NAME_009] Ottimizzare l’uso della banda e migliorare la responsività',
      url: `${text}#L191`,
      says: 'The specifications of optimistic locking should be used: ETag, If-Match and If-None-Match.',
    },
  },
  asks: {
    'precondition-documented': {
      section: 'RAC_REST_NAME_009',
      level: 'DOVREBBERO',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'precondition-obtainable': { section: 'RAC_REST_NAME_009', level: 'DOVREBBERO' },
    'precondition-has-validator': {
      section: 'RAC_REST_NAME_009',
      level: 'DOVREBBERO',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'precondition-guards-update': { section: 'RAC_REST_NAME_009', level: 'DOVREBBERO' },
  },
});
