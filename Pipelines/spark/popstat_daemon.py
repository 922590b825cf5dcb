"""Spark's daemon of Python workers, with an installed pyspark in place of Spark's archive of it.

Spark puts its Python first as an archive, which is compiled anew in every process; an installed one
beside it is compiled already. Importing this module sees to the path, for the driver too.
"""

import importlib.machinery
import sys

unpacked = [place for place in sys.path if not place.endswith("pyspark.zip")]
if importlib.machinery.PathFinder.find_spec("pyspark", unpacked):
    sys.path[:] = unpacked

if __name__ == "__main__":
    from pyspark.daemon import manager

    manager()
