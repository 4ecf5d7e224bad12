import { atlassianSource } from './atlassian.js';
import type { Publication } from './citation.js';
import { haufeSource } from './haufe.js';
import { rfc6585Source } from './rfc6585.js';
import { rfc9110Source } from './rfc9110.js';
import { rfc9111Source } from './rfc9111.js';
import { zalandoSource } from './zalando.js';

/** The API Stylebook's page on 304, which compares the three company guidelines. */
export const stylebook = {
  title: 'API Stylebook: 304 Not Modified',
  url: 'https://apistylebook.com/design/topics/http-status-304',
};

/** Every publication that a rule may cite. */
export const publications: readonly Publication[] = [
  rfc9110Source,
  rfc9111Source,
  rfc6585Source,
  atlassianSource,
  haufeSource,
  zalandoSource,
];
