from pyspark import Context


class SparkSession:
    """`SparkSession.builder.appName(…).getOrCreate().sparkContext`."""

    class builder:
        @classmethod
        def appName(cls, _):
            return cls

        @classmethod
        def getOrCreate(cls):
            return SparkSession()

    sparkContext = Context
