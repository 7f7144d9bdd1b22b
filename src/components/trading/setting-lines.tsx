import type { SettingLine } from "~/trading/setting-line";

/** Settings in words, a line each. */
export const SettingLines = ({ lines }: { readonly lines: readonly SettingLine[] }) => (
  <dl className="text-sm">
    {lines.map(({ label, text }) => (
      <div key={label} className="grid gap-x-4 border-t border-line py-1.5 first:border-t-0 sm:grid-cols-[10rem_1fr]">
        <dt className="text-muted">{label}</dt>
        <dd className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-line">{text}</dd>
      </div>
    ))}
  </dl>
);
