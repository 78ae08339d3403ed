/**
 * The answers of the service, as far as the viewer reads them. The full contract is /schema.
 *
 * @typedef {"goal" | "achievement" | "problem" | "plan"} Kind
 * @typedef {"supported" | "masked" | "unsupported" | "contradicted"} Verdict
 * @typedef {{start: number, end: number, quote: string}} Span
 * @typedef {{id: string, span: Span, type: string, value: string | null, upper: string | null,
 *   unit: string | null, masked: boolean, qualifier: string, change: string | null,
 *   basis: string | null, label: string | null, period: string | null}} Quantity
 * @typedef {{quantity: Quantity, verdict: Verdict, reasons: string[], source: Quantity | null,
 *   found_elsewhere: Span[], explanation: {zh: string, en: string} | null}} Check
 * @typedef {{id: string, kind: Kind, text: string, section: string[], evidence: Span[],
 *   quantities: Check[], status: string}} Item
 * @typedef {{kind: Kind, text: string, status: string, reason: {zh: string, en: string}, evidence: Span[],
 *   quantities: Check[]}} Refused
 * @typedef {{kind: string, message: {zh: string, en: string}, spans: Span[],
 *   arithmetic: string}} Finding
 * @typedef {{title: string | null, organisation: string | null, period: string | null,
 *   span: Span, items: Item[], quantities: Quantity[], unclaimed: string[],
 *   findings: Finding[]}} Report
 * @typedef {{id: string, source: Record<string, any>, engine: Record<string, any>,
 *   reports: Report[], refused: Refused[], warnings: string[], usage: Record<string, any>,
 *   partial: {start: number, end: number, error: string}[]}} Result
 *
 * @typedef {{result: Result, source: import("./spans.js").SourceText, whole: boolean}} Loaded
 */

/** @type {Kind[]} */
export const KINDS = ["goal", "achievement", "problem", "plan"];
/** @type {Verdict[]} */
export const VERDICTS = ["supported", "masked", "unsupported", "contradicted"];
