"""Loop over the package `krippendorff`, which is under the GPL: run by the Python of an environment of its own.

python krippendorff_loop.py DRAWN.npz: the judgements of each unit, the code and the interview of each, how many times
each replicate draws each interview. The values are written beside, and the seconds are printed, imports left out.
"""

import sys
import time
import warnings

import krippendorff
import numpy as np

warnings.simplefilter("ignore")  # a replicate whose judgements are all alike has no alpha
drawn = np.load(sys.argv[1])
values, codes, interviews, times = (drawn[name] for name in ("values", "codes", "interviews", "times"))
start = time.perf_counter()
found = np.full((len(times), codes.max() + 1), np.nan)
for code in range(found.shape[1]):
    own, whose = values[codes == code].T.astype(float), interviews[codes == code]
    for row, count in enumerate(times):
        data = np.repeat(own, count[whose], axis=1)
        if np.unique(data).size > 1:  # else it refuses
            found[row, code] = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
print(time.perf_counter() - start)
np.save(sys.argv[1] + ".found.npy", found)
