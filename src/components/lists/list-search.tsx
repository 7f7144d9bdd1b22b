"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import type { ListHref } from "./with-params";

type ListSearchProps = {
  readonly label: string;
  /** What the list is searched for now. */
  readonly text: string;
  readonly maxLength: number;
  readonly hrefOf: (text: string) => ListHref;
};

/** Searches a list on the server, when asked to. */
export const ListSearch = ({ label, text, maxLength, hrefOf }: ListSearchProps) => {
  const router = useRouter();
  const id = useId();
  const [typed, setTyped] = useState(text);
  return (
    <form
      role="search"
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        router.replace(hrefOf(typed.trim()), { scroll: false });
      }}
    >
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <input
        id={id}
        type="search"
        placeholder={label}
        maxLength={maxLength}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        className="h-8 w-40 min-w-0 rounded-sm border border-line-strong bg-canvas px-2 text-sm text-ink placeholder:text-muted"
      />
      <button type="submit" className="button">
        Search
      </button>
    </form>
  );
};
