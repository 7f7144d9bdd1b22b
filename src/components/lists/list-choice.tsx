"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";
import type { ListHref } from "./with-params";

export type Option = { readonly name: string; readonly href: ListHref; readonly isHere: boolean };

type ListChoiceProps = { readonly label: string; readonly options: readonly Option[] };

/** Chooses how a list is sorted, or what of it is shown: each choice is an address. */
export const ListChoice = ({ label, options }: ListChoiceProps) => {
  const router = useRouter();
  const id = useId();
  const here = options.findIndex(({ isHere }) => isHere);
  const choose = (index: number): void => {
    const href = options[index]?.href;
    if (href !== undefined) router.replace(href, { scroll: false });
  };
  return (
    <span className="inline-flex items-center gap-2">
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      <select
        id={id}
        className="h-8 max-w-44 rounded-sm border border-line-strong bg-canvas px-2 text-sm text-ink"
        value={Math.max(0, here)}
        onChange={({ target }) => choose(Number(target.value))}
      >
        {options.map(({ name, href }, index) => (
          <option key={href} value={index}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
};
