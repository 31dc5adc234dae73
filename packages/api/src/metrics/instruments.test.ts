import { describe, expect, it } from 'vitest';
import { createInstruments } from './instruments.ts';

describe('instruments', () => {
  it('count by labels, in the format of Prometheus', () => {
    const instruments = createInstruments();
    const calls = instruments.count({
      name: 'calls_total',
      help: 'Calls.',
      labels: ['path', 'outcome'],
    });
    calls('play.act', 'ok').add();
    calls('play.act', 'ok').add(2);
    calls('play.act', 'failed').add();
    expect(instruments.text().split('\n')).toEqual([
      '# HELP calls_total Calls.',
      '# TYPE calls_total counter',
      'calls_total{path="play.act",outcome="ok"} 3',
      'calls_total{path="play.act",outcome="failed"} 1',
      '',
    ]);
  });

  it('give the same child for the same labels, and nought before anything happened', () => {
    const instruments = createInstruments();
    const faults = instruments.count({ name: 'faults_total', help: 'Faults.' });
    expect(faults()).toBe(faults());
    expect(instruments.text()).toContain('\nfaults_total 0\n');
  });

  it('keep how many were at most as large as each bound, in the unit that is shown', () => {
    const instruments = createInstruments();
    const times = instruments.distribution({
      name: 'took_seconds',
      help: 'Time.',
      labels: ['phase'],
      bounds: [1, 10, 100],
      perUnit: 1_000,
    });
    for (const ms of [0.5, 1, 7, 10, 5_000]) times('model').observe(ms);
    expect(instruments.text().split('\n').slice(2, -1)).toEqual([
      'took_seconds_bucket{phase="model",le="0.001"} 2',
      'took_seconds_bucket{phase="model",le="0.01"} 4',
      'took_seconds_bucket{phase="model",le="0.1"} 4',
      'took_seconds_bucket{phase="model",le="+Inf"} 5',
      'took_seconds_sum{phase="model"} 5.0185',
      'took_seconds_count{phase="model"} 5',
    ]);
  });

  it('read gauges when they are asked, and tell facts as labels that nothing can break out of', () => {
    const instruments = createInstruments();
    let readers = 1;
    instruments.gauge({ name: 'readers', help: 'Readers.' }, () => readers);
    instruments.info({ name: 'build_info', help: 'Build.' }, { version: '1"\n\\2' });
    readers = 7;
    expect(instruments.text()).toContain('\nreaders 7\n');
    expect(instruments.text()).toContain('build_info{version="1\\"\\n\\\\2"} 1\n');
  });

  it('read gauges with labels when they are asked, however many there are by then', () => {
    const instruments = createInstruments();
    const values = [{ labelValues: ['a'], value: 1 }];
    instruments.gauges({ name: 'open', help: 'Open.', labels: ['model'] }, () => values);
    values.push({ labelValues: ['b'], value: 0 });
    expect(instruments.text()).toContain('open{model="a"} 1\nopen{model="b"} 0\n');
  });
});
