import { digamma, lnGamma } from '../../../src/measures/value/gammaFunctions';

describe('gamma functions', () => {
  // scipy.special.gammaln and digamma
  it.each([
    [1e-6, 13.81550998074943, -1000000.57721402],
    [0.01, 4.599479878042022, -100.56088545786868],
    [0.243, 1.3180435846996699, -4.351093864423211],
    [0.5, 0.5723649429247, -1.9635100260214235],
    [1, 0, -0.5772156649015329],
    [1.5, -0.12078223763524526, 0.03648997397857652],
    [2, 0, 0.42278433509846713],
    [3.7, 1.428072326665388, 1.1671535393615113],
    [9.99, 12.779315214350195, 2.250700372831201],
    [10, 12.801827480081469, 2.251752589066721],
    [57.3, 173.56386827969146, 4.039549239957579],
    [1e4, 82099.71749644238, 9.21029037114285],
    [1e8, 1742068066.1038349, 18.420680738952367],
  ])('are exact to twelve digits at %p', (x, ln, psi) => {
    expect(Math.abs(lnGamma(x) - ln)).toBeLessThan(1e-13 * Math.max(1, Math.abs(ln)));
    expect(Math.abs(digamma(x) - psi)).toBeLessThan(1e-13 * Math.max(1, Math.abs(psi)));
  });

  it('know the factorials', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(lnGamma(n)).toBeCloseTo(Math.log(factorial), 12);
      factorial *= n;
    }
  });
});
