import { catalogue } from '../../catalogue.js';
import { type Citation, severityOf } from '../../guidelines/citation.js';
import { guidelines as all } from '../../guidelines/guidelines.js';
import { rulesOf } from '../../rulesets.js';
import { citationsOf, severityOverall } from '../../sources.js';
import type { CitationData, GuidelineData, RuleData } from './types.js';

export const rulesAsData: readonly RuleData[] = catalogue.map((rule) => ({
  id: rule.id,
  summary: rule.summary,
  rationale: rule.rationale,
  exceptions: rule.exceptions,
  ...(rule.recommended && { recommended: rule.recommended }),
  severity: severityOverall(rule),
  fixKind: rule.fix,
  citations: citationsOf(rule).map(citationAsData),
}));

function citationAsData(citation: Citation): CitationData {
  const { publication, section, keyword, on } = citation;
  return {
    source: publication.label,
    title: publication.title,
    section: section.name,
    url: section.url,
    says: section.says,
    level: keyword,
    severity: severityOf(citation),
    ...(on && { on }),
  };
}

export const guidelinesAsData: readonly GuidelineData[] = all.map(({ name, publication, contradicts }) => ({
  name,
  who: publication.label,
  title: publication.title,
  url: publication.url,
  rules: rulesOf(name).map(({ rule, severity }) => ({ id: rule.id, severity })),
  contradicts: Object.entries(contradicts).map(([id, { section, says }]) => ({ id, says, url: section.url })),
}));
