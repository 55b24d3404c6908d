const folders =
  /(?:^|\/)(?:docs?\/(?:[^/]+\/)?)?(?:adrs?|decisions|decision-records|architecture-decisions)\/(?:[^/]+\/)*[^/]*\d[^/]*\.(?:md|rst|adoc|txt)$/i;
const rfc = /^(?:text|rfcs?|docs\/rfcs?)\/\d{3,5}[^/]*\.(?:md|rst)$/i;
const pep = /^(?:peps\/)?pep-\d{4}\.(?:txt|rst)$/i;

/** An ADR, RFC or PEP-like document: numbered, in a folder that is named for it. */
export function isDecisionPath(path: string): boolean {
  return folders.test(path) || isRequestPath(path) || pep.test(path);
}

/** A request for comments: where it has no status, merging it accepts it. */
export function isRequestPath(path: string): boolean {
  return rfc.test(path) && !/\/0+\D/.test(path);
}
