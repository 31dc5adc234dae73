import type { AlertDto } from '../../../alertDto.ts';

/** An alert for as long as it lasts. */
export interface StandingAlert extends AlertDto {
  readonly experiment: string;
  /** Of the experiment, for people. */
  readonly title: string;
  /** Since when this server has known of it, in epoch ms. */
  readonly since: number;
}

/** What is told of an alert: twice, unless the server ends before it does. */
export interface AlertNews {
  readonly state: 'begun' | 'ended';
  readonly alert: StandingAlert;
  /** Epoch ms. */
  readonly at: number;
}

/** Passes news of alerts on, to those who look at no page. Nobody waits for it; never throws. */
export type TellAlert = (news: AlertNews) => void;
