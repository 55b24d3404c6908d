export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #f6f5f2; --card: #ffffff; --ink: #1c1b19; --soft: #5c5952; --line: #dcd8cf; --sheet: #faf9f6;
  --accent: #1d5c4d; --on-accent: #ffffff; --good: #1d6b43; --bad: #a3271b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161513; --card: #201f1c; --ink: #eceae4; --soft: #a8a49a; --line: #3a3832; --sheet: #191815;
    --accent: #7fcfb6; --on-accent: #10241e; --good: #7fd3a2; --bad: #f2968b;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: clamp(1rem, 5vw, 3.5rem) clamp(0.75rem, 4vw, 2rem) 2rem; }
.brand { margin: 0 0 1rem; color: var(--soft); font-size: 0.875rem; letter-spacing: 0.02em; }
.brand b { color: var(--ink); }
article { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; }
.inner { padding: clamp(1rem, 4vw, 2rem); padding-bottom: 1.25rem; }
h1 { margin: 0 0 0.5rem; font-size: clamp(1.35rem, 5vw, 1.75rem); line-height: 1.2; text-wrap: balance; overflow-wrap: anywhere; }
h1:focus { outline: none; }
h2 { margin: 1.75rem 0 0.5rem; font-size: 0.9375rem; }
p { margin: 0; }
#lead { color: var(--soft); text-wrap: pretty; }
dl { margin: 0; border-top: 1px solid var(--line); }
dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; align-items: baseline; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--soft); font-size: 0.9375rem; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
pre {
  margin: 0; padding: 0.875rem 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 0.5rem;
  font: 0.8125rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
}
#sheet span { display: block; min-height: 1.55em; }
details { margin-top: 1.5rem; }
summary { cursor: pointer; color: var(--soft); font-size: 0.9375rem; }
details pre { margin-top: 0.5rem; max-height: 16rem; overflow: auto; }
#actions {
  position: sticky; bottom: 0; display: flex; flex-wrap: wrap; gap: 0.625rem; padding: 1rem clamp(1rem, 4vw, 2rem);
  background: var(--card); border-top: 1px solid var(--line); border-radius: 0 0 0.75rem 0.75rem;
}
button { flex: 0 1 auto; min-height: 2.75rem; padding: 0 1.25rem; border-radius: 0.5rem; border: 1px solid var(--line); background: none; color: var(--ink); font: inherit; cursor: pointer; }
#go { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button:disabled { opacity: 0.55; cursor: default; }
button:focus-visible, pre:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#status { flex: 1 0 100%; color: var(--soft); font-size: 0.9375rem; }
#status[data-problem='true'] { color: var(--bad); }
#status:empty { display: none; }
body[data-kind='signed'] h1 { color: var(--good); }
body[data-kind='refused'] h1 { color: var(--bad); }
@media (max-width: 34rem) {
  dl > div { grid-template-columns: 1fr; }
  #actions { gap: 0.5rem; }
  button { flex: 1 1 auto; padding: 0 0.625rem; font-size: 0.9375rem; }
}
@media (max-height: 30rem) { #actions { position: static; } }
`;
