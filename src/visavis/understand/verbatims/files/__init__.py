"""Reading a file of verbatims: CSV, XLSX or Parquet in and out, without a database nor an instance."""
