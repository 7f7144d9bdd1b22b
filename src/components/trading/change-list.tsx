import type { SettingChange } from "~/trading/changed-lines";

const Side = ({ text, none }: { readonly text: string | null; readonly none: string }) =>
  text === null ? <span className="text-muted">{none}</span> : <>{text}</>;

/** What differs between two versions of settings: as it was, and as it is then. */
export const ChangeList = ({ changes }: { readonly changes: readonly SettingChange[] }) => (
  <dl className="text-sm">
    {changes.map(({ section, label, before, after }) => (
      <div key={`${section} ${label} ${before} ${after}`} className="border-t border-line py-1.5 first:border-t-0">
        <dt className="text-muted">{section === label ? label : `${section}: ${label}`}</dt>
        <dd>
          <del className="text-muted">
            <Side text={before} none="Not set" />
          </del>{" "}
          <span aria-hidden="true">→</span>{" "}
          <ins className="no-underline">
            <Side text={after} none="Not set" />
          </ins>
        </dd>
      </div>
    ))}
  </dl>
);
