"use client";

import { useLayoutEffect, useRef, type RefObject } from "react";

const GLIDE_MS = 200;

const isStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Rows that make room for others glide to their new places instead of jumping there. Each row names itself by data-row. */
export const useGlide = (list: RefObject<HTMLElement | null>): void => {
  const places = useRef<ReadonlyMap<string, number>>(new Map());
  useLayoutEffect(() => {
    const rows = [...(list.current?.children ?? [])].filter((row) => row instanceof HTMLElement);
    const before = places.current;
    places.current = new Map(rows.map((row) => [row.dataset["row"] ?? "", row.offsetTop]));
    if (before.size === 0 || isStill()) return;
    for (const row of rows) {
      const was = before.get(row.dataset["row"] ?? "");
      const moved = was === undefined ? 0 : was - row.offsetTop;
      if (was === undefined) row.animate({ opacity: [0, 1] }, GLIDE_MS);
      else if (moved !== 0) row.animate({ transform: [`translateY(${moved}px)`, "none"] }, GLIDE_MS);
    }
  });
};
