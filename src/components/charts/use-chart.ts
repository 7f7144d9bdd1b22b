"use client";

import { useEffect, useRef, useState, type RefObject } from "react";
import type { ChartMove } from "./move-chart";
import { openChart, type BuildChart, type ChartState, type OpenChart } from "./open-chart";

type ChartInput<Data> = {
  /** Keep it the same between renders: a different one draws the chart again. */
  readonly build: BuildChart<Data>;
  readonly data: Data;
  readonly isMovable: boolean;
};

type UsedChart = {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly state: ChartState;
  readonly move: (move: ChartMove) => void;
};

/** A chart in the element that `container` is given to, as long as that is on the page. */
export const useChart = <Data>({ build, data, isMovable }: ChartInput<Data>): UsedChart => {
  const container = useRef<HTMLDivElement>(null);
  const open = useRef<OpenChart<Data> | null>(null);
  const latest = useRef(data);
  const [state, setState] = useState<ChartState>("waiting");

  useEffect(() => {
    latest.current = data;
    open.current?.show(data);
  }, [data]);

  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const chart = openChart(element, { build, data: latest.current, isMovable, onState: setState });
    open.current = chart;
    return () => {
      open.current = null;
      chart.close();
    };
  }, [build, isMovable]);

  return { container, state, move: (move) => open.current?.move(move) };
};
