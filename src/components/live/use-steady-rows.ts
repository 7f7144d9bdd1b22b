"use client";

import { useCallback, useMemo, useRef, useState, type FocusEvent, type RefCallback } from "react";
import { changeReason, holdRows, nextHeld } from "./hold-rows";

type Reason = "pointer" | "focus" | "scrolled";

/** All that lies above the view, however far. */
const ABOVE_THE_VIEW = "100000px 0px -100% 0px";

/** Why a list may not move now, and the props of the element around its rows that detect it. */
const useReasons = () => {
  const [reasons, setReasons] = useState<ReadonlySet<Reason>>(new Set());
  const set = useCallback((reason: Reason, isThere: boolean): void => {
    setReasons((before) => changeReason(before, reason, isThere));
  }, []);
  const observer = useRef<IntersectionObserver | null>(null);
  const frame = useMemo(() => {
    const ref: RefCallback<HTMLElement> = (element) => {
      observer.current?.disconnect();
      if (!element) return;
      // Its top has left the view: rows added there would push down what is being read.
      const look = ([entry]: IntersectionObserverEntry[]): void => set("scrolled", entry?.isIntersecting === true);
      observer.current = new IntersectionObserver(look, { rootMargin: ABOVE_THE_VIEW });
      observer.current.observe(element);
    };
    return {
      ref,
      onPointerEnter: () => set("pointer", true),
      onPointerLeave: () => set("pointer", false),
      // A click leaves a focus that is not shown; the list keeps still only for a focus that the reader can see.
      onFocus: ({ target }: FocusEvent) => set("focus", target.matches(":focus-visible")),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
        set("focus", relatedTarget instanceof Node && currentTarget.contains(relatedTarget)),
    };
  }, [set]);
  return { isHeld: reasons.size > 0, frame };
};

/**
 * A live list whose rows stay where they are while the pointer is over them, the focus within or its top out of view;
 * newer rows wait until `show`. `keyOf` must be the same between renders and differ between rows.
 */
export const useSteadyRows = <Row>(rows: readonly Row[], keyOf: (row: Row) => string) => {
  const { isHeld, frame } = useReasons();
  const [held, setHeld] = useState<readonly Row[] | null>(null);
  // State follows the reasons in the same render, so that no frame shows rows that are neither held nor newest.
  const next = nextHeld(held, rows, isHeld);
  if (next !== held) setHeld(next);
  const show = useCallback((): void => setHeld(null), []);
  return { ...(held === null ? { shown: rows, waiting: 0 } : holdRows(held, rows, keyOf)), show, frame };
};
