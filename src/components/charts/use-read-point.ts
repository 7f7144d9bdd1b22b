"use client";

import { useState } from "react";

type ReadPoint = {
  /** The time whose values are read out; null: there is no point. */
  readonly time: number | null;
  /** Chosen by key: a chart shows its crosshair there; null while none is. */
  readonly chosen: number | null;
  readonly hover: (time: number | null) => void;
  readonly choose: (time: number | null) => void;
};

/** Which point of a chart a reader asks about, by pointer or by key; without either, the newest. */
export const useReadPoint = (newest: number | undefined): ReadPoint => {
  const [hovered, hover] = useState<number | null>(null);
  const [chosen, choose] = useState<number | null>(null);
  return { time: hovered ?? chosen ?? newest ?? null, chosen, hover, choose };
};
