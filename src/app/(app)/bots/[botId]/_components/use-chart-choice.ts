"use client";

import { useSearchParams } from "next/navigation";
import type { ChartTimeframe } from "~/contracts/choices";
import { chartChoiceOf } from "./chart-choice";

/** The pair and timeframe that the address asks for, and how to ask for others without leaving the page. */
export const useChartChoice = (pairs: readonly string[]) => {
  const params = useSearchParams();
  const choice = chartChoiceOf(Object.fromEntries(params), pairs);
  const choose = (change: { readonly pair?: string; readonly timeframe?: ChartTimeframe }): void => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(change)) next.set(name, value);
    window.history.replaceState(null, "", `?${next.toString()}`);
  };
  return { ...choice, choose };
};
